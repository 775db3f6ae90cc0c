/**
 * What a page does beyond HTML: it filters long tables, and opens what is folded before it is printed. Everything can
 * be read without it.
 */
export const script = `
"use strict";
for (const controls of document.querySelectorAll("[data-filters]")) {
  const rows = [...document.getElementById(controls.dataset.filters).tBodies[0].rows];
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const [words, state] = controls.querySelectorAll("input, select");
  const shown = controls.querySelector("output");
  const apply = () => {
    const wanted = words.value.toLowerCase().split(/\\s+/);
    let count = 0;
    rows.forEach((row, index) => {
      const fits = wanted.every((word) => texts[index].includes(word)) && (state.value === "" || row.dataset.state === state.value);
      row.hidden = !fits;
      if (fits) count += 1;
    });
    shown.textContent = count.toLocaleString("en-US") + " of " + rows.length.toLocaleString("en-US");
  };
  let waiting = 0;
  controls.addEventListener("input", () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(apply);
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
