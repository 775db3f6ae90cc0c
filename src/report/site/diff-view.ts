import type { FileDiff } from "../../core/details.ts";
import { counted } from "../../core/markdown.ts";
import { highlightLines } from "./highlight.ts";
import { html, nothing, type Html } from "./html.ts";

type Hunk = FileDiff["hunks"][number];

/** A change as people read it: line numbers of before and after, a sign besides the colour, coloured by language. */
export function renderDiff(diff: readonly FileDiff[]): Html {
  if (diff.length === 0) return html`<p class="soft">By itself it changes no line.</p>`;
  return html`${diff.map(renderFile)}`;
}

function renderFile({ file, isDeleted, hunks, linesLeftOut }: FileDiff): Html {
  const what = isDeleted ? ", deleted" : "";
  const rest =
    linesLeftOut === 0 ? nothing : html`<p class="file soft">${counted(linesLeftOut, "more line")} not shown.</p>`;
  return html`<div class="diff">
    <div class="file path">${file}${what}</div>
    <div class="lines" tabindex="0" role="group" aria-label="Change of ${file}">
      <table>
        <tbody>
          ${hunks.map((hunk) => renderHunk(file, hunk))}
        </tbody>
      </table>
    </div>
    ${rest}
  </div>`;
}

/** What goes and what comes are coloured apart: together they are no program. */
function renderHunk(file: string, { oldStart, newStart, lines }: Hunk): Html {
  const old = highlightLines(file, contentsOf(lines, "+"));
  const now = highlightLines(file, contentsOf(lines, "-"));
  let [oldLine, newLine] = [0, 0];
  const rows = lines.map((line) => {
    const sign = line[0] ?? " ";
    if (sign === "\\")
      return html`<tr class="h">
        <td></td>
        <td></td>
        <td></td>
        <td>${line.slice(2)}</td>
      </tr>`;
    const shown = sign === "+" ? now[newLine] : old[oldLine];
    const numbers = [sign === "+" ? "" : String(oldStart + oldLine), sign === "-" ? "" : String(newStart + newLine)];
    if (sign !== "+") oldLine += 1;
    if (sign !== "-") newLine += 1;
    const kind = sign === "+" ? "a" : sign === "-" ? "d" : "c";
    return html`<tr class="${kind}">
      <td class="no">${numbers[0]}</td>
      <td class="no">${numbers[1]}</td>
      <td class="sign">${sign === "-" ? "−" : sign}</td>
      <td>${shown ?? ""}</td>
    </tr>`;
  });
  return html`<tr class="h">
      <td class="no">…</td>
      <td class="no">…</td>
      <td></td>
      <td>line ${oldStart}</td>
    </tr>
    ${rows}`;
}

function contentsOf(lines: readonly string[], without: "+" | "-"): readonly string[] {
  return lines.filter((line) => !line.startsWith(without) && !line.startsWith("\\")).map((line) => line.slice(1));
}
