// Words and lines of an article light each other; without this the links between them still work.
const article = document.getElementById("article");
const panel = document.getElementById("readout");
const found = document.getElementById("found");
const words = [...article.querySelectorAll(".m")];
const lines = new Map();
for (const line of panel.querySelectorAll(".item")) {
  lines.set(line.dataset.item, [...(lines.get(line.dataset.item) ?? []), line]);
}
const card = document.createElement("div");
card.className = "card";
card.hidden = true;
card.setAttribute("aria-hidden", "true");
document.body.append(card);
let current = null;

const itemsOf = (word) => word.dataset.items.split(" ").filter((item) => lines.has(item));

function light(item) {
  document.querySelectorAll(".lit").forEach((element) => element.classList.remove("lit"));
  current = item;
  if (item === null) { found.textContent = ""; return []; }
  const lit = words.filter((word) => word.dataset.items.split(" ").includes(item));
  const own = lines.get(item) ?? [];
  [...lit, ...own.map((line) => line.parentElement)].forEach((element) => element.classList.add("lit"));
  found.textContent = lit.length ? `Words lit: ${lit.map((word) => word.textContent).join(" ")}` : "No words of its own";
  return { lit, own };
}

function showCard(word) {
  const own = itemsOf(word).slice(0, 4).map((item) => lines.get(item)[0]);
  if (!own.length) { card.hidden = true; return; }
  card.replaceChildren(...own.map((line) => {
    const copy = document.createElement("p");
    copy.append(...[...line.childNodes].map((node) => node.cloneNode(true)));
    return copy;
  }));
  card.hidden = false;
  const box = word.getClientRects()[0];
  const below = box.bottom + 6 + card.offsetHeight < window.innerHeight;
  // Positions are set through the object model, which the policy on inline styles allows.
  card.style.top = `${window.scrollY + (below ? box.bottom + 6 : box.top - card.offsetHeight - 6)}px`;
  card.style.left = `${Math.max(8, Math.min(box.left, window.innerWidth - card.offsetWidth - 8))}px`;
}

const hideCard = () => { card.hidden = true; };

for (const type of ["mouseover", "focusin"]) {
  article.addEventListener(type, (event) => {
    const word = event.target.closest(".m");
    if (word) showCard(word); else hideCard();
  });
}
for (const type of ["mouseleave", "focusout"]) article.addEventListener(type, hideCard);

article.addEventListener("click", (event) => {
  const word = event.target.closest(".m");
  if (!word || !window.getSelection().isCollapsed) return;
  const items = itemsOf(word);
  if (!items.length) return;
  event.preventDefault();
  hideCard();
  // A word may belong to several lines; each further click goes on to the next.
  const { own } = light(items[(items.indexOf(current) + 1) % items.length]);
  own[0]?.scrollIntoView({ block: "nearest" });
  own[0]?.focus({ preventScroll: true });
});

panel.addEventListener("click", (event) => {
  const line = event.target.closest(".item");
  if (!line) return;
  event.preventDefault();
  const { lit } = light(line.dataset.item);
  lit[0]?.scrollIntoView({ block: "center" });
  lit.find((word) => word.matches("a"))?.focus({ preventScroll: true });
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") { light(null); hideCard(); }
});
