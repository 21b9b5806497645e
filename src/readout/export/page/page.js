"use strict";
// Without this script the links between words and lines still work; it lights all words of a line, and back.
const found = document.getElementById("found");
const words = [...document.querySelectorAll("main .m")];
const itemsOf = (word) => word.dataset.items.split(" ");
let current = null;

function light(item) {
  document.querySelectorAll(".lit").forEach((element) => element.classList.remove("lit"));
  current = item;
  if (item === null) { found.textContent = ""; return []; }
  const lit = words.filter((word) => itemsOf(word).includes(item));
  const lines = [...document.querySelectorAll(".item")].filter((line) => line.dataset.item === item).map((line) => line.parentElement);
  [...lit, ...lines].forEach((element) => element.classList.add("lit"));
  found.textContent = lit.length ? "Words lit: " + lit.map((word) => word.textContent).join(" ") : "No words of its own";
  return { lit, lines };
}

function reveal(element) {
  if (element) element.scrollIntoView({ block: "nearest" });
}

document.querySelector("main").addEventListener("click", (click) => {
  const word = click.target.closest(".m");
  if (!word || !window.getSelection().isCollapsed) return;
  click.preventDefault();
  const items = itemsOf(word);
  // A word may belong to several lines; each further click goes on to the next.
  const { lines } = light(items[(items.indexOf(current) + 1) % items.length]);
  reveal(lines[0]);
});

document.getElementById("readout").addEventListener("click", (click) => {
  const line = click.target.closest(".item");
  if (!line) return;
  click.preventDefault();
  const { lit } = light(line.dataset.item);
  reveal(lit[0]);
});

document.addEventListener("keydown", (key) => {
  if (key.key === "Escape") light(null);
});
