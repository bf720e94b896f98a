"use strict";

// Tables: a press on a column's name sorts by it, the next one turns the order, the third restores it.
const collator = new Intl.Collator("zh-CN", { numeric: true });
const next = { none: "ascending", ascending: "descending", descending: "none" };

function sortKey(row, column) {
  const cell = row.cells[column];
  const value = cell.dataset.value;
  if (value === "") return { rank: 2 }; // missing values stay last in either direction
  if (value !== undefined) return { rank: 0, number: Number(value) };
  return { rank: 1, text: cell.textContent };
}

function compare(a, b, sign) {
  if (a.rank !== b.rank) return a.rank === 2 || b.rank === 2 ? a.rank - b.rank : sign * (a.rank - b.rank);
  if (a.rank === 0) return sign * (a.number - b.number);
  return a.rank === 1 ? sign * collator.compare(a.text, b.text) : 0;
}

for (const table of document.querySelectorAll("table[data-sortable]")) {
  const body = table.tBodies[0];
  const original = [...body.rows];
  const headers = [...table.tHead.rows[0].cells];
  headers.forEach((header, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...header.childNodes);
    header.append(button);
    button.addEventListener("click", () => {
      const order = next[header.getAttribute("aria-sort") ?? "none"];
      headers.forEach((other) => other.removeAttribute("aria-sort"));
      let rows = original;
      if (order !== "none") {
        header.setAttribute("aria-sort", order);
        const sign = order === "ascending" ? 1 : -1;
        const keyed = original.map((row) => ({ row, key: sortKey(row, column) }));
        rows = keyed.sort((a, b) => compare(a.key, b.key, sign)).map(({ row }) => row);
      }
      body.append(...rows);
    });
  });
}

// Drawings: the picture in the page is the file to download, so that the page holds it once.
for (const link of document.querySelectorAll("[data-drawing]")) {
  link.href = link.closest("figure").querySelector("img").src;
  link.download = link.dataset.drawing;
  link.hidden = false;
}

// What is wider than its place says so, and can be scrolled by keyboard; the rest is no stop for the Tab key.
const places = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const wide = target.scrollWidth > target.clientWidth;
    target.classList.toggle("overflows", wide);
    target.tabIndex = wide ? 0 : -1;
    target.style.setProperty("--names", `${target.querySelector("thead .heads")?.offsetWidth ?? 0}px`);
    target.style.setProperty("--above", `${target.querySelector("caption")?.offsetHeight ?? 0}px`);
    tellMore(target);
  }
});
function tellMore(place) {
  place.classList.toggle("more", place.scrollLeft + place.clientWidth < place.scrollWidth - 2);
}
for (const place of document.querySelectorAll(".scroll")) {
  places.observe(place);
  place.addEventListener("scroll", () => tellMore(place), { passive: true });
}

// Contents: folded on a phone; the part on the screen is marked.
const contents = document.querySelector("nav details");
if (matchMedia("(max-width: 40rem)").matches) contents.open = false;
const links = new Map([...contents.querySelectorAll("a")].map((link) => [link.hash.slice(1), link]));
const seen = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      links.forEach((link) => link.removeAttribute("aria-current"));
      links.get(target.id).setAttribute("aria-current", "true");
    }
  },
  { rootMargin: "0px 0px -70% 0px" },
);
links.forEach((_, id) => seen.observe(document.getElementById(id)));

// Footnotes: their text shows at the mark, without leaving the place.
const preview = document.createElement("span");
preview.className = "preview";
preview.id = "preview";
preview.setAttribute("role", "tooltip");
preview.hidden = true;
document.body.append(preview);
for (const mark of document.querySelectorAll('[role="doc-noteref"]')) {
  const show = () => {
    preview.textContent = document.querySelector(`${mark.hash} > span`).textContent;
    preview.hidden = false;
    mark.setAttribute("aria-describedby", preview.id);
    const place = mark.getBoundingClientRect();
    const left = Math.min(place.left, document.documentElement.clientWidth - preview.offsetWidth - 16);
    preview.style.left = `${Math.max(16, left)}px`;
    preview.style.top = `${place.bottom + scrollY + 6}px`;
  };
  const hide = () => {
    preview.hidden = true;
    mark.removeAttribute("aria-describedby");
  };
  mark.addEventListener("mouseenter", show);
  mark.addEventListener("focus", show);
  mark.addEventListener("mouseleave", hide);
  mark.addEventListener("blur", hide);
  mark.addEventListener("keydown", (event) => event.key === "Escape" && hide());
}

// Print: what is folded is opened, and folded again afterwards.
let folded = [];
addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("details:not([open])")];
  folded.forEach((details) => (details.open = true));
});
addEventListener("afterprint", () => folded.forEach((details) => (details.open = false)));
