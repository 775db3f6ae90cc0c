/**
 * What a page does beyond HTML: it filters long tables, and opens what is folded before it is printed. Everything can
 * be read without it.
 */
export const script = `
"use strict";
const mostRows = 250;
for (const controls of document.querySelectorAll("[data-filters]")) {
  const body = document.getElementById(controls.dataset.filters).tBodies[0];
  const own = [...body.rows];
  const [words, state] = controls.querySelectorAll("input, select");
  const shown = controls.querySelector("output");
  let all = own.map((row) => ({ text: row.textContent.toLowerCase(), state: row.dataset.state, row: () => row }));
  const make = ([kind, word, href, ...cells]) => {
    const row = document.importNode(own.find((one) => one.dataset.state === kind) || own[0], true);
    row.dataset.state = kind;
    const link = row.querySelector("a");
    link.href = href;
    link.textContent = cells[0];
    [...row.cells].slice(1, 6).forEach((cell, index) => (cell.textContent = cells[index + 1]));
    if (own.every((one) => one.dataset.state !== kind)) row.cells[6].textContent = word;
    return row;
  };
  const apply = () => {
    const wanted = words.value.toLowerCase().split(/\\s+/);
    const fits = all.filter((one) => wanted.every((word) => one.text.includes(word)) && (state.value === "" || one.state === state.value));
    const isWhole = words.value === "" && state.value === "";
    const rows = controls.dataset.all === "" ? fits : fits.slice(0, mostRows);
    body.replaceChildren(...(isWhole ? own : rows.map((one) => one.row())));
    shown.textContent = fits.length.toLocaleString("en-US") + " of " + all.length.toLocaleString("en-US") + (fits.length > rows.length ? ", the first " + rows.length + " shown" : "");
  };
  let waiting = 0;
  const later = () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(apply);
  };
  let isLoading = controls.dataset.all === "";
  controls.addEventListener("input", () => {
    if (isLoading) return later();
    isLoading = true;
    const data = document.createElement("script");
    data.src = controls.dataset.all;
    data.onload = () => {
      all = self.nightsweepRows.map((cells) => ({ text: cells.slice(1).join(" ").toLowerCase(), state: cells[0], row: () => make(cells) }));
      apply();
    };
    document.head.append(data);
  });
  controls.hidden = false;
}
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open])")];
  for (const one of opened) one.open = true;
});
addEventListener("afterprint", () => {
  for (const one of opened) one.open = false;
});
`.trim();
