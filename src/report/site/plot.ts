import { scaleBand, scaleLinear, scalePoint } from "d3-scale";
import { curveMonotoneX, line } from "d3-shape";
import { html, nothing, type Html } from "./html.ts";
import { table } from "./table.ts";

/** Numbers over nights; `null` is a night that does not know. */
export type Series = { readonly name: string; readonly values: readonly (number | null)[] };

/** A plot for people, with its words: what it shows, by night. */
export type Plot = {
  readonly title: string;
  readonly nights: readonly string[];
  readonly series: readonly Series[];
  /** The axis begins near the smallest value: for what is large and changes little. */
  readonly isZoomed?: boolean;
};

const size = { width: 520, height: 180, left: 58, right: 8, top: 10, bottom: 24 } as const;

/** Bars over nights, stacked by series. */
export function renderBars({ title, nights, series }: Plot): Html {
  const totals = nights.map((_, index) => series.reduce((sum, { values }) => sum + (values[index] ?? 0), 0));
  const x = scaleBand(nights, [size.left, size.width - size.right]).padding(0.25);
  const y = scaleLinear([0, Math.max(1, ...totals)], [size.height - size.bottom, size.top]).nice(4);
  const bars = nights.flatMap((night, index) => {
    let base = 0;
    return series.map(({ values, name }, rank) => {
      const value = values[index] ?? 0;
      const from = base;
      base += value;
      if (value === 0) return nothing;
      return html`<rect
        class="s${rank + 1}"
        x="${fixed(x(night) ?? 0)}"
        width="${fixed(Math.min(x.bandwidth(), 28))}"
        y="${fixed(y(base))}"
        height="${fixed(y(from) - y(base))}"
        ><title>${night}: ${value.toLocaleString("en-US")} ${name}</title></rect
      >`;
    });
  });
  return frame(
    { title, nights, series },
    html`${grid(y)}${dates(nights, (night) => (x(night) ?? 0) + Math.min(x.bandwidth(), 28) / 2)}${bars}`,
  );
}

/** Lines over nights, one a series; each has a stroke of its own besides its shade. */
export function renderLines({ title, nights, series, isZoomed = false }: Plot): Html {
  const all = series.flatMap(({ values }) => values.filter((value) => value !== null));
  const x = scalePoint(nights, [size.left + 6, size.width - size.right - 6]);
  const least = isZoomed && all.length > 0 ? Math.min(...all) : 0;
  const y = scaleLinear([least, Math.max(least + 1, ...all)], [size.height - size.bottom, size.top]).nice(4);
  const lines = series.map(({ values, name }, rank) => {
    const points = values.flatMap((value, index) =>
      value === null ? [] : [[x(nights[index] ?? "") ?? 0, y(value)] as [number, number]],
    );
    const path = line().curve(curveMonotoneX).digits(1)(points) ?? "";
    const last = points.at(-1);
    const dot =
      last === undefined
        ? nothing
        : html`<circle class="s${rank + 1}" cx="${fixed(last[0])}" cy="${fixed(last[1])}" r="3" />`;
    return html`<path class="line s${rank + 1}" d="${path}"><title>${name}</title></path>${dot}`;
  });
  return frame({ title, nights, series }, html`${grid(y)}${dates(nights, (night) => x(night) ?? 0)}${lines}`);
}

/** A line as small as a word, for a cell of a table; the numbers beside it say the rest. */
export function renderSpark(values: readonly (number | null)[], label: string): Html {
  const known = values.flatMap((value, index) => (value === null ? [] : [[index, value] as const]));
  if (known.length < 2) return nothing;
  const x = scaleLinear([0, values.length - 1], [2, 78]);
  const numbers = known.map(([, value]) => value);
  const y = scaleLinear([Math.min(...numbers), Math.max(...numbers)], [16, 3]);
  const path = line().digits(1)(known.map(([index, value]): [number, number] => [x(index), y(value)])) ?? "";
  return html`<svg class="spark" viewBox="0 0 80 18" width="80" height="18" role="img" aria-label="${label}">
    <path class="line s1" d="${path}" />
  </svg>`;
}

/** A bar of shares in one row, such as the stages of a run. */
export function renderShares(
  shares: readonly { readonly name: string; readonly value: number }[],
  label: string,
): Html {
  const total = shares.reduce((sum, { value }) => sum + value, 0);
  if (total === 0) return nothing;
  let from = 0;
  const parts = shares.map(({ name, value }) => {
    const left = (from / total) * 200;
    from += value;
    return html`<rect class="part" x="${fixed(left)}" y="0" width="${fixed((value / total) * 200)}" height="8"
      ><title>${name}</title></rect
    >`;
  });
  return html`<svg class="shares" viewBox="0 0 200 8" preserveAspectRatio="none" role="img" aria-label="${label}">
    ${parts}
  </svg>`;
}

function grid(y: ReturnType<typeof scaleLinear<number>>): Html {
  const lines = y
    .ticks(4)
    .map(
      (tick) =>
        html`<line
            class="grid"
            x1="${size.left}"
            x2="${size.width - size.right}"
            y1="${fixed(y(tick))}"
            y2="${fixed(y(tick))}"
          /><text class="tick" x="${size.left - 6}" y="${fixed(y(tick) + 4)}" text-anchor="end"
            >${tick.toLocaleString("en-US")}</text
          >`,
    );
  return html`${lines}`;
}

/** The first and the last night are named, and one between where there is room. */
function dates(nights: readonly string[], at: (night: string) => number): Html {
  const chosen = [
    ...new Set([nights[0], nights.length > 8 ? nights[Math.floor(nights.length / 2)] : undefined, nights.at(-1)]),
  ];
  const texts = chosen
    .filter((night) => night !== undefined)
    .map((night) => {
      const x = at(night);
      const anchor = x < size.left + 40 ? "start" : x > size.width - 40 ? "end" : "middle";
      return html`<text class="tick" x="${fixed(x)}" y="${size.height - 6}" text-anchor="${anchor}">${night}</text>`;
    });
  return html`${texts}`;
}

function frame({ title, nights, series }: Plot, content: Html): Html {
  const legend = series.map(({ name, values }, rank) => {
    const last = values.findLast((value) => value !== null) ?? null;
    return html`<li>
      <svg class="key" viewBox="0 0 22 8" width="22" height="8" aria-hidden="true">
        <path class="line s${rank + 1}" d="M1 4H21" /></svg
      >${name} <b>${last === null ? "–" : last.toLocaleString("en-US")}</b>
    </li>`;
  });
  const rows = nights.map(
    (night, index) =>
      html`<tr>
        <th scope="row">${night}</th>
        ${series.map(({ values }) => html`<td class="n">${values[index]?.toLocaleString("en-US") ?? "–"}</td>`)}
      </tr>`,
  );
  const label = `${title}, ${nights.at(0) ?? ""} to ${nights.at(-1) ?? ""}`;
  return html`<figure class="plot">
    <figcaption>${title}</figcaption>
    <svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${label}">${content}</svg>
    <ul class="legend">
      ${legend}
    </ul>
    <details class="numbers">
      <summary>The numbers of “${title}”</summary>
      ${table(
        title,
        html`<th scope="col">Night</th>
          ${series.map(({ name }) => html`<th scope="col" class="n">${name}</th>`)}`,
        rows.toReversed(),
      )}
    </details>
  </figure>`;
}

function fixed(value: number): string {
  return value.toFixed(1);
}
