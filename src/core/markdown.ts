/** Zero-width space: breaks `@name` and `#12` so that a forge neither notifies nor links. */
const breaker = "\u200b";

/** Text from a repository as Markdown that shows exactly that text: no markup, mention, issue link or line break. */
export function escapeMarkdown(text: string): string {
  return oneLine(text)
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/[\\`*_[\]#|~]/g, "\\$&")
    .replace(/@(?=\w)/g, `@${breaker}`)
    .replace(/(\\#)(?=\d)/g, `$1${breaker}`)
    .replace(/(https?):\/\//gi, `$1:${breaker}//`)
    .replace(/www\./gi, `www${breaker}.`)
    .replace(/^(\s*)([-+=])/, "$1\\$2")
    .replace(/^(\s*\d+)([.)])(?=\s)/, "$1\\$2");
}

/** A name, path or command as a code span, safe with backticks inside. In a table, use `tableCell` around it. */
export function codeSpan(text: string): string {
  const shown = oneLine(text);
  if (shown.trim() === "") return "` `";
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = shown.startsWith("`") || shown.endsWith("`") ? " " : "";
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** A sentence in which only `code spans` are markup; everything else is shown as it is. */
export function proseWithCode(text: string): string {
  return oneLine(text)
    .split(/(`[^`]+`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? codeSpan(part.slice(1, -1)) : escapeMarkdown(part)))
    .join("");
}

/** Markdown for one cell of a table: a pipe would end the cell, even in a code span. */
export function tableCell(markdown: string): string {
  return markdown.replace(/\\?\|/g, "\\|").replace(/[\r\n]+/g, " ");
}

/** A table with a header; each cell is Markdown already. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(tableCell).join(" | ")} |`;
  return [line(header), `|${" --- |".repeat(header.length)}`, ...rows.map(line)].join("\n");
}

/** Output of a program as a fenced block that its own backticks cannot end. */
export function codeBlock(text: string): string {
  const shown = withoutControls(text.replace(/\r\n?/g, "\n"));
  const longest = Math.max(2, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${shown}\n${fence}`;
}

/** Text for a place without markup, such as a title: one line, without what turns or hides text. */
export function plainLine(text: string): string {
  return oneLine(text).trim();
}

/** Cuts at a length in UTF-16 code units, never through a character, with an ellipsis as the sign of it. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

/** As many whole items as fit into a length, joined by line breaks, then what `rest` says of those left out. */
export function wholeItems(items: readonly string[], length: number, rest: (leftOut: number) => string): string {
  const kept: string[] = [];
  let used = rest(items.length).length + 1;
  for (const item of items) {
    used += item.length + 1;
    if (used > length) break;
    kept.push(item);
  }
  return kept.length === items.length ? kept.join("\n") : [...kept, rest(items.length - kept.length)].join("\n");
}

/** "1 file", "2 files"; the plural is given where it is irregular. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
}

/** Milliseconds as people say them: `0.4 s`, `12 s`, `3 min 05 s`. */
export function duration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}

function oneLine(text: string): string {
  return withoutControls(text.replace(/[\r\n\t\u2028\u2029]+/g, " "));
}

/** Control characters and marks that turn the direction of text: a name could hide in them what it really says. */
function withoutControls(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, "");
}
