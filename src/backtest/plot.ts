import type { Backtest } from "./describe.ts";
import type { Row } from "./statistics.ts";

const width = 760;
const height = 520;
const left = 64;
const right = 24;
const upper = { top: 64, bottom: 250 };
const lower = { top: 300, bottom: 450 };

/** Readable on light and dark ground; the colours are told apart by who sees no red or no green as well. */
const style = `
  .ground { fill: #ffffff } .ink { fill: #1f2328 } .soft { fill: #59636e } .line { stroke: #d1d9e0 } .most { stroke: #59636e }
  .regret { stroke: #b35900; fill: #b35900 } .deleted { fill: #0b6bcb } .there { fill: #8fb8e8 } .back { fill: #b35900 }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #0d1117 } .ink { fill: #f0f6fc } .soft { fill: #9198a1 } .line { stroke: #3d444d } .most { stroke: #9198a1 }
    .regret { stroke: #ff9f43; fill: #ff9f43 } .deleted { fill: #4ea1ff } .there { fill: #2c5a8c } .back { fill: #ff9f43 }
  }
  text { font: 12px system-ui, sans-serif } .title { font-size: 15px; font-weight: 600 }
`;

/** Regret and yield against the age, as an SVG document without scripts. */
export function plotBacktest(backtest: Backtest): string {
  const rows = backtest.rows.filter(({ age }) => age !== null);
  const first = backtest.points[0]?.date.slice(0, 10) ?? "";
  const last = backtest.points.at(-1)?.date.slice(0, 10) ?? "";
  const title = `What nightsweep would have proposed in ${nameOf(backtest.repository)}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(title)}">`,
    `<style>${style}</style>`,
    `<rect class="ground" width="${width}" height="${height}"/>`,
    text({ x: left, y: 26, className: "ink title" }, title),
    text(
      { x: left, y: 44, className: "soft" },
      `${first} to ${last}, one commit a ${backtest.window.every}, policy ${backtest.policy}`,
    ),
    ...plotRegret(rows, backtest.mostRegret),
    ...plotYield(rows),
    text({ x: (left + width - right) / 2, y: 488, className: "soft", anchor: "middle" }, "minAgeDays"),
    "</svg>",
    "",
  ].join("\n");
}

function plotRegret(rows: readonly Row[], most: number): readonly string[] {
  const top = Math.min(1, niceAbove(Math.max(most * 1.5, 0.05, ...rows.map(({ regret }) => regret?.high ?? 0))));
  const y = (rate: number) => upper.bottom - (rate / top) * (upper.bottom - upper.top);
  const dots = rows.flatMap(({ regret }, index) => {
    if (regret === null) return [];
    const x = xOf(index, rows.length);
    return [
      `<line class="regret" x1="${x}" x2="${x}" y1="${round(y(regret.low))}" y2="${round(y(regret.high))}" stroke-width="2"/>`,
      `<circle class="regret" cx="${x}" cy="${round(y(regret.rate))}" r="4.5"/>`,
    ];
  });
  return [
    ...grid(top, y, (rate) => `${round(rate * 100)} %`),
    `<line class="most" x1="${left}" x2="${width - right}" y1="${round(y(most))}" y2="${round(y(most))}" stroke-dasharray="5 4"/>`,
    text({ x: width - right, y: y(most) - 4, className: "soft", anchor: "end" }, `chosen: ${round(most * 100)} %`),
    ...dots,
    text({ x: left, y: upper.top - 6, className: "ink" }, "Regret: taken back into use later (95 % interval)"),
  ];
}

function plotYield(rows: readonly Row[]): readonly string[] {
  const top = niceAbove(Math.max(1, ...rows.map(({ proposals }) => proposals)));
  const y = (count: number) => lower.bottom - (count / top) * (lower.bottom - lower.top);
  const bars = rows.flatMap((row, index) => {
    const x = xOf(index, rows.length) - 17;
    const stack = [
      { className: "deleted", count: row.deleted },
      { className: "there", count: row.there },
      { className: "back", count: row.takenBack },
    ];
    let below = 0;
    const pieces = stack.map(({ className, count }) => {
      below += count;
      const size = y(below - count) - y(below);
      return `<rect class="${className}" x="${x}" y="${round(y(below))}" width="34" height="${round(size)}"/>`;
    });
    const label = text({ x: x + 17, y: lower.bottom + 16, className: "soft", anchor: "middle" }, String(row.age ?? ""));
    return [...pieces, label];
  });
  const legend = [
    { className: "deleted", label: "deleted by people later" },
    { className: "there", label: "still there" },
    { className: "back", label: "taken back" },
  ].flatMap(({ className, label }, index) => [
    `<rect class="${className}" x="${left + 190 + index * 165}" y="${lower.top - 18}" width="11" height="11"/>`,
    text({ x: left + 206 + index * 165, y: lower.top - 8, className: "soft" }, label),
  ]);
  return [
    ...grid(top, y, (count) => String(round(count))),
    ...bars,
    text({ x: left, y: lower.top - 8, className: "ink" }, "Yield: proposals"),
    ...legend,
  ];
}

function grid(top: number, y: (value: number) => number, label: (value: number) => string): readonly string[] {
  return [0, 0.25, 0.5, 0.75, 1].flatMap((part) => [
    `<line class="line" x1="${left}" x2="${width - right}" y1="${round(y(top * part))}" y2="${round(y(top * part))}"/>`,
    text({ x: left - 8, y: y(top * part) + 4, className: "soft", anchor: "end" }, label(top * part)),
  ]);
}

function xOf(index: number, count: number): number {
  return round(left + ((width - left - right) / count) * (index + 0.5));
}

/** The next number that quarters well. */
function niceAbove(value: number): number {
  const unit = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.2, 2, 4, 6, 8, 10].find((one) => one * unit >= value - 1e-9) ?? 10;
  return step * unit;
}

type Place = { readonly x: number; readonly y: number; readonly className: string; readonly anchor?: "middle" | "end" };

function text({ x, y, className, anchor }: Place, content: string): string {
  const where = anchor === undefined ? "" : ` text-anchor="${anchor}"`;
  return `<text class="${className}" x="${round(x)}" y="${round(y)}"${where}>${escape(content)}</text>`;
}

function escape(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}

/** A path would name a folder of this machine. */
function nameOf(repository: string): string {
  const parts = repository.replace(/(\.git)?\/*$/, "").split(/[\\/:]+/);
  return parts.slice(-2).join("/");
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
