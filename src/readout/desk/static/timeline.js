// The timeline: thousands of events on a canvas, from a decade to a day. A sign an event, stacked where they are many; each
// status has a band and a sign of its own. The list below the drawing has the same events, so nothing is told here alone.

const DAY = 86400000;
const BANDS = [
  ["occurred", ["occurred", "ongoing"]],
  ["planned", ["planned"]],
  ["denied", ["denied"]],
  ["alleged", ["alleged", "hypothetical"]],
];
const SIZE = 9;   // of a sign, in CSS pixels
const AXIS = 26;  // height of the axis
const LABEL = 84; // width of the bands' names
const NEAREST = 3 * DAY, FARTHEST = 400 * 365 * DAY;

const section = document.querySelector("#timeline");
if (section) start(section);

async function start(section) {
  const answer = await fetch(section.dataset.points, { headers: { accept: "application/json" } });
  if (!answer.ok) return;
  const { rows } = await answer.json();
  if (rows.length > 1) {
    section.hidden = false;
    new Timeline(section, rows.map(toEvent)).show();
  }
}

function toEvent([id, start, end, status, title, sources]) {
  const from = Date.parse(start), to = Date.parse(end) + DAY;
  return { id, from, to, middle: (from + to) / 2, status, title, sources, start, end };
}

class Timeline {
  constructor(section, events) {
    this.section = section;
    this.canvas = section.querySelector("canvas");
    this.card = section.querySelector(".card");
    this.span = section.querySelector(".span");
    this.paper = this.canvas.getContext("2d");
    this.events = events.sort((a, b) => a.middle - b.middle);
    this.bands = BANDS.map(([name, statuses]) => ({ name, events: this.events.filter((e) => statuses.includes(e.status)) }))
      .filter((band) => band.events.length);
    const first = Math.min(...this.events.map((e) => e.from)), last = Math.max(...this.events.map((e) => e.to));
    this.all = [first - (last - first) * 0.03 - DAY, last + (last - first) * 0.03 + DAY];
    [this.from, this.to] = this.all;
    this.listen();
  }

  show() {
    new ResizeObserver(() => { this.resize(); this.ask(); }).observe(this.canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { this.sprites = null; this.ask(); });
  }

  resize() {
    const scale = devicePixelRatio || 1, box = this.canvas.getBoundingClientRect();
    this.width = box.width; this.height = box.height; this.scale = scale;
    this.canvas.width = Math.round(box.width * scale); this.canvas.height = Math.round(box.height * scale);
    this.sprites = null;
  }

  ask() {  // at most one drawing a frame, however many moves there were
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame(() => { this.asked = false; this.draw(); });
  }

  x(time) { return LABEL + (time - this.from) / (this.to - this.from) * (this.width - LABEL); }
  time(x) { return this.from + (x - LABEL) / (this.width - LABEL) * (this.to - this.from); }

  draw() {
    if (!this.width) return;
    this.sprites ??= this.makeSprites();
    const paper = this.paper;
    paper.setTransform(this.scale, 0, 0, this.scale, 0, 0);
    paper.clearRect(0, 0, this.width, this.height);
    this.axis();
    this.spots = new Map();
    const height = (this.height - AXIS) / this.bands.length;
    this.bands.forEach((band, n) => this.band(band, n * height, height));
    this.span.textContent = `${shown(this.from)} – ${shown(this.to)}`;
  }

  axis() {
    const paper = this.paper, colours = this.sprites.colours;
    paper.font = this.sprites.font; paper.textBaseline = "middle"; paper.textAlign = "left";
    for (const [time, label, isMajor] of ticks(this.from, this.to, (this.width - LABEL) / 90)) {
      const x = Math.round(this.x(time)) + 0.5;
      if (x < LABEL) continue;
      paper.strokeStyle = colours.rule; paper.globalAlpha = isMajor ? 1 : 0.55;
      paper.beginPath(); paper.moveTo(x, 0); paper.lineTo(x, this.height - AXIS + 5); paper.stroke();
      paper.globalAlpha = 1; paper.fillStyle = isMajor ? colours.ink : colours.soft;
      if (x + 3 + paper.measureText(label).width < this.width) paper.fillText(label, x + 3, this.height - AXIS / 2 + 2);
    }
    const now = this.x(Date.now());
    if (now > LABEL && now < this.width) {
      paper.strokeStyle = colours.ink; paper.setLineDash([2, 3]);
      paper.beginPath(); paper.moveTo(now, 0); paper.lineTo(now, this.height - AXIS); paper.stroke();
      paper.setLineDash([]);
    }
  }

  // A band: signs in columns that stand still in time, so that nothing jumps while it is dragged.
  band(band, top, height) {
    const paper = this.paper, bottom = top + height, colours = this.sprites.colours;
    paper.strokeStyle = colours.rule;
    paper.beginPath(); paper.moveTo(0, bottom + 0.5); paper.lineTo(this.width, bottom + 0.5); paper.stroke();
    paper.fillStyle = colours.soft; paper.textAlign = "left";
    paper.fillText(band.name, 8, top + 14);
    const perPixel = (this.to - this.from) / (this.width - LABEL), column = perPixel * SIZE;
    const most = Math.max(1, Math.floor((height - 8) / SIZE));
    const first = lower(band.events, this.from - column), last = lower(band.events, this.to + column);
    let at = NaN, count = 0;
    for (let i = first; i < last; i++) {
      const event = band.events[i], bucket = Math.floor(event.middle / column);
      count = bucket === at ? count + 1 : 0; at = bucket;
      const x = this.x((bucket + 0.5) * column), row = Math.min(count, most - 1), y = bottom - 5 - SIZE / 2 - row * SIZE;
      if (x < LABEL) continue;
      if (count < most) {
        if (event.to - event.from > 4 * column) this.bar(event, y, colours[event.status]);
        paper.drawImage(this.sprites[event.status], x - SIZE / 2, y - SIZE / 2, SIZE, SIZE);
        this.spots.set(`${Math.round(x / SIZE)},${Math.round((y - top) / SIZE)},${band.name}`, event);
      } else if (count === most) {
        paper.fillStyle = colours.ink; paper.fillRect(x - SIZE / 2 + 1, y - SIZE / 2 - 1, SIZE - 2, 2);  // more than fit
      }
    }
    paper.clearRect(0, top + 20, LABEL - 2, height - 22);
    this.tops = { ...this.tops, [band.name]: [top, bottom] };
  }

  bar(event, y, colour) {
    const left = Math.max(LABEL, this.x(event.from)), right = Math.min(this.width, this.x(event.to));
    this.paper.fillStyle = colour; this.paper.globalAlpha = 0.35;
    this.paper.fillRect(left, y - 1, right - left, 2);
    this.paper.globalAlpha = 1;
  }

  makeSprites() {
    const style = getComputedStyle(document.documentElement), colour = (name) => style.getPropertyValue(`--${name}`).trim();
    const colours = { ink: colour("ink"), soft: colour("soft"), rule: colour("rule") };
    const sprites = { colours, font: `12px ${style.getPropertyValue("--sans")}` };
    for (const [status, drawn] of Object.entries(SIGNS)) {
      colours[status] = colour(status);
      const size = SIZE * this.scale, canvas = new OffscreenCanvas(Math.ceil(size), Math.ceil(size)), paper = canvas.getContext("2d");
      paper.scale(this.scale, this.scale);
      paper.strokeStyle = paper.fillStyle = colours[status]; paper.lineWidth = 1.6;
      drawn(paper, SIZE / 2, SIZE / 2 - 1.4);
      sprites[status] = canvas;
    }
    return sprites;
  }

  listen() {
    const canvas = this.canvas;
    canvas.addEventListener("pointerdown", (e) => {
      canvas.setPointerCapture(e.pointerId);
      this.held = { x: e.clientX, from: this.from, to: this.to, moved: false };
      canvas.classList.add("moving");
    });
    canvas.addEventListener("pointermove", (e) => this.held ? this.drag(e) : this.point(e));
    canvas.addEventListener("pointerup", (e) => {
      const held = this.held;
      this.held = null; canvas.classList.remove("moving");
      const event = held && !held.moved && this.under(e);
      if (event) location.href = `/show/${encodeURIComponent(event.id)}`;
    });
    canvas.addEventListener("pointercancel", () => { this.held = null; canvas.classList.remove("moving"); });
    canvas.addEventListener("pointerleave", () => { this.card.hidden = true; });
    canvas.addEventListener("wheel", (e) => {
      if (!e.ctrlKey && Math.abs(e.deltaX) < Math.abs(e.deltaY) && !canvas.matches(":focus")) return;  // the page scrolls
      e.preventDefault();
      if (Math.abs(e.deltaX) > Math.abs(e.deltaY)) this.move(e.deltaX / this.width);
      else this.zoom(Math.exp(e.deltaY / 300), this.time(e.offsetX));
    }, { passive: false });
    canvas.addEventListener("keydown", (e) => {
      const does = KEYS[e.key];
      if (does && !e.ctrlKey && !e.altKey && !e.metaKey) { e.preventDefault(); this.do(does); }
    });
    this.section.querySelector(".tools").addEventListener("click", (e) => {
      const does = e.target.dataset?.do;
      if (does) this.do(does);
    });
  }

  do(what) {
    if (what === "all") { [this.from, this.to] = this.all; this.ask(); }
    else if (what === "in" || what === "out") this.zoom(what === "in" ? 0.6 : 1 / 0.6, (this.from + this.to) / 2);
    else this.move(what === "later" ? 0.25 : -0.25);
  }

  move(share) {
    const by = (this.to - this.from) * share;
    this.from += by; this.to += by;
    this.ask();
  }

  zoom(factor, around) {
    const length = Math.min(FARTHEST, Math.max(NEAREST, (this.to - this.from) * factor)) / (this.to - this.from);
    this.from = around - (around - this.from) * length;
    this.to = around + (this.to - around) * length;
    this.ask();
  }

  drag(e) {
    const held = this.held, by = (e.clientX - held.x) / (this.width - LABEL) * (held.to - held.from);
    held.moved ||= Math.abs(e.clientX - held.x) > 3;
    this.from = held.from - by; this.to = held.to - by;
    this.card.hidden = true;
    this.ask();
  }

  under(e) {
    for (const [name, [top, bottom]] of Object.entries(this.tops ?? {})) {
      if (e.offsetY < top || e.offsetY >= bottom) continue;
      const row = Math.round((e.offsetY - top) / SIZE), column = Math.round(e.offsetX / SIZE);
      for (const [dx, dy] of AROUND) {
        const event = this.spots.get(`${column + dx},${row + dy},${name}`);
        if (event) return event;
      }
    }
    return null;
  }

  point(e) {
    const event = this.under(e);
    this.canvas.style.cursor = event ? "pointer" : "";
    this.card.hidden = !event;
    if (!event) return;
    const days = event.start === event.end ? event.start : `${event.start} – ${event.end}`;
    this.card.textContent = `${days}: ${event.title}, ${event.sources} ${event.sources === 1 ? "source" : "sources"}`;
    const left = Math.min(e.offsetX + 14, this.width - this.card.offsetWidth - 6);
    this.card.style.left = `${Math.max(4, left)}px`;
    this.card.style.top = `${this.canvas.offsetTop + e.offsetY + 14}px`;
  }
}

const KEYS = { "+": "in", "=": "in", "-": "out", ArrowLeft: "earlier", ArrowRight: "later", Home: "all" };
const AROUND = [[0, 0], [0, -1], [0, 1], [1, 0], [-1, 0]];
const round = (paper, c, r) => { paper.beginPath(); paper.arc(c, c, r, 0, 7); };
const turned = (paper, c, r) => { paper.beginPath(); paper.moveTo(c, c - r); paper.lineTo(c + r, c); paper.lineTo(c, c + r); paper.lineTo(c - r, c); paper.closePath(); };
const SIGNS = {
  occurred: (p, c, r) => { round(p, c, r); p.fill(); },
  ongoing: (p, c, r) => { round(p, c, r); p.stroke(); p.beginPath(); p.arc(c, c, r, Math.PI / 2, Math.PI * 1.5); p.fill(); },
  planned: (p, c, r) => { round(p, c, r - 0.3); p.stroke(); },
  denied: (p, c, r) => { p.beginPath(); p.moveTo(c - r, c - r); p.lineTo(c + r, c + r); p.moveTo(c + r, c - r); p.lineTo(c - r, c + r); p.stroke(); },
  alleged: (p, c, r) => { turned(p, c, r); p.stroke(); },
  hypothetical: (p, c, r) => { p.beginPath(); p.moveTo(c, c - r); p.lineTo(c + r, c + r); p.lineTo(c - r, c + r); p.closePath(); p.stroke(); },
};

// The number of the first event in the middle of which a time has come.
function lower(events, time) {
  let low = 0, high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (events[middle].middle < time) low = middle + 1; else high = middle;
  }
  return low;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const STEPS = [["day", 1], ["day", 7], ["month", 1], ["month", 3], ["year", 1], ["year", 5], ["year", 10], ["year", 50]];
const LENGTH = { day: DAY, month: 30.4 * DAY, year: 365.25 * DAY };

// The ticks of an axis: time, label, and whether a larger unit begins there.
function* ticks(from, to, most) {
  const [unit, step] = STEPS.find(([unit, step]) => (to - from) / (LENGTH[unit] * step) <= most) ?? STEPS.at(-1);
  const date = new Date(from);
  let year = date.getUTCFullYear(), month = date.getUTCMonth(), day = date.getUTCDate();
  if (unit === "year") { year -= year % step; month = 0; day = 1; }
  if (unit === "month") { month -= month % step; day = 1; }
  for (let n = 0; n < 400; n++) {
    const time = Date.UTC(year, month, day), at = new Date(time);
    if (time > to) return;
    const isNewYear = at.getUTCMonth() === 0 && at.getUTCDate() === 1;
    const label = unit === "year" || isNewYear ? String(at.getUTCFullYear())
      : unit === "month" ? MONTHS[at.getUTCMonth()] : `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]}`;
    if (time >= from) yield [time, label, unit === "year" || isNewYear];
    if (unit === "year") year += step; else if (unit === "month") month += step; else day += step;
  }
}

function shown(time) {
  const date = new Date(time);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

export { Timeline, toEvent };
