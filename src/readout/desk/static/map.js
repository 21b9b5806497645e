// The map: places of the table below it, on the shapes of Natural Earth. No tiles; nothing is loaded from elsewhere.

const NAMES = "http://www.w3.org/2000/svg", WIDTH = 960, HEIGHT = 460, CLOSE = 22;
const section = document.querySelector("#map");
if (section) start(section);

async function start(section) {
  const answer = await fetch(section.dataset.shapes);
  if (!answer.ok) return;
  const atlas = await answer.json();
  section.hidden = false;
  new Chart(section, topojson.feature(atlas, atlas.objects.countries), places());
}

function places() {
  return [...document.querySelectorAll("tr[data-lat]")].map((row) => ({
    lat: Number(row.dataset.lat), lon: Number(row.dataset.lon), events: Number(row.dataset.events),
    isCoarse: row.dataset.precision !== "place or town", name: row.cells[0].textContent.trim(),
    href: row.querySelector("a").getAttribute("href"),
  }));
}

class Chart {
  constructor(section, countries, spots) {
    const box = { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "group", "aria-label": "Map", tabindex: 0 };
    this.svg = this.add(section.querySelector(".chart"), "svg", box);
    this.projection = d3.geoNaturalEarth1().fitExtent([[4, 4], [WIDTH - 4, HEIGHT - 4]], { type: "Sphere" });
    this.spots = spots.map((spot) => ({ ...spot, at: this.projection([spot.lon, spot.lat]) })).filter((spot) => spot.at);
    const path = d3.geoPath(this.projection);
    this.ground = this.add(this.svg, "g");
    this.add(this.ground, "path", { class: "sphere", d: path({ type: "Sphere" }) });
    for (const country of countries.features) this.add(this.ground, "path", { class: "land", d: path(country) ?? "" });
    this.marks = this.add(this.svg, "g");
    this.start = this.around(this.spots);
    this.view = { ...this.start };
    this.listen(section);
    this.draw();
  }

  add(parent, name, attributes = {}, text = "") {
    const node = document.createElementNS(NAMES, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    if (text) node.textContent = text;
    parent.append(node);
    return node;
  }

  // The view in which all places are seen, not closer than some.
  around(spots) {
    const xs = spots.map((s) => s.at[0]), ys = spots.map((s) => s.at[1]);
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const scale = Math.min(6, WIDTH / (right - left + 120), HEIGHT / (bottom - top + 90));
    return { scale: Math.max(1, scale), x: (left + right) / 2, y: (top + bottom) / 2 };
  }

  draw() {
    const { scale, x, y } = this.view;
    this.ground.setAttribute("transform", `translate(${WIDTH / 2},${HEIGHT / 2}) scale(${scale}) translate(${-x},${-y})`);
    this.marks.replaceChildren();
    for (const cluster of this.clusters()) this.mark(cluster);
  }

  // Places that would cover each other share a circle; those with most events take in the others.
  clusters() {
    const { scale, x, y } = this.view, found = [];
    for (const spot of [...this.spots].sort((a, b) => b.events - a.events)) {
      const at = [(spot.at[0] - x) * scale + WIDTH / 2, (spot.at[1] - y) * scale + HEIGHT / 2];
      const near = found.find((c) => c.isCoarse === spot.isCoarse && Math.hypot(c.at[0] - at[0], c.at[1] - at[1]) < CLOSE);
      if (near) { near.events += spot.events; near.spots.push(spot); }
      else found.push({ at, events: spot.events, spots: [spot], isCoarse: spot.isCoarse });
    }
    return found.sort((a, b) => b.events - a.events);
  }

  mark({ at, events, spots, isCoarse }) {
    if (at[0] < -40 || at[0] > WIDTH + 40 || at[1] < -40 || at[1] > HEIGHT + 40) return;
    const names = spots.slice(0, 6).map((s) => s.name).join(", ") + (spots.length > 6 ? " …" : "");
    const label = `${names}: ${events} ${events === 1 ? "event" : "events"}`;
    const link = this.add(this.marks, "a", { class: `spot${isCoarse ? " is-coarse" : ""}`, "aria-label": label });
    if (spots.length === 1) link.setAttribute("href", spots[0].href);
    else {
      link.setAttribute("href", "#map");
      link.addEventListener("click", (e) => { e.preventDefault(); this.view = this.closer(spots); this.draw(); });
    }
    const [cx, cy] = at.map((value) => value.toFixed(1)), r = (isCoarse ? 9 : 5) + 3.2 * Math.log2(1 + events) / 2;
    this.add(link, "circle", { cx, cy, r: r.toFixed(1) });
    if (events > 1) this.add(link, "text", { x: cx, y: cy }, String(events));
    this.add(link, "title", {}, label);
  }

  closer(spots) {
    const { scale, x, y } = this.around(spots);
    return { scale: Math.min(60, Math.max(this.view.scale * 2, scale)), x, y };
  }

  do(what) {
    if (what === "all") this.view = { ...this.start };
    else this.view.scale = Math.min(60, Math.max(1, this.view.scale * (what === "in" ? 1.6 : 1 / 1.6)));
    this.draw();
  }

  listen(section) {
    const svg = this.svg;
    section.querySelector(".tools").addEventListener("click", (e) => e.target.dataset?.do && this.do(e.target.dataset.do));
    svg.addEventListener("keydown", (e) => {
      const step = 60 / this.view.scale, moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
      const does = { "+": "in", "=": "in", "-": "out", Home: "all" }[e.key];
      if (!does && !moves[e.key]) return;
      e.preventDefault();
      if (does) this.do(does);
      else { this.view.x += moves[e.key][0]; this.view.y += moves[e.key][1]; this.draw(); }
    });
    svg.addEventListener("pointerdown", (e) => { this.held = { x: e.clientX, y: e.clientY, view: { ...this.view } }; });
    svg.addEventListener("pointermove", (e) => {
      if (!this.held) return;
      const per = WIDTH / svg.getBoundingClientRect().width / this.view.scale;
      this.view.x = this.held.view.x - (e.clientX - this.held.x) * per;
      this.view.y = this.held.view.y - (e.clientY - this.held.y) * per;
      this.draw();
    });
    for (const end of ["pointerup", "pointerleave", "pointercancel"]) svg.addEventListener(end, () => { this.held = null; });
    svg.addEventListener("wheel", (e) => {
      if (!e.ctrlKey && !svg.matches(":focus")) return;  // the page scrolls
      e.preventDefault();
      this.do(e.deltaY < 0 ? "in" : "out");
    }, { passive: false });
  }
}
