import type { Style } from "./plan.ts";

/** One statement as it is written with semicolons and double quotes. `comment` chooses what stands beside it. */
export type Statement = { readonly text: string; readonly comment: number };

/** Puts the statements of a file below each other. */
export function joinStatements(statements: readonly Statement[], style: Style): string {
  const parts = statements.map(({ text, comment }, index) => {
    const previous = statements[index - 1]?.text ?? "";
    const own = style.semicolons ? text : withoutSemicolons(text, previous);
    return withComment(own, comment);
  });
  return `${parts.join(style.spaced ? "\n\n" : "\n")}\n`;
}

function withComment(text: string, choice: number): string {
  switch (choice % 7) {
    case 1:
      return `// A comment above.\n${text}`;
    case 2:
      return `/** A block above. */\n${text}`;
    case 3:
      return `${text} // A comment behind.`;
    case 4:
      return `// ----- A heading -----\n\n${text}`;
    default:
      return text;
  }
}

/** A line that begins with a bracket gets a semicolon in front, unless a block stands before it. */
function withoutSemicolons(text: string, previous: string): string {
  const bare = text
    .split("\n")
    .map((line) => line.replace(/;$/, ""))
    .join("\n");
  const isBehindBlock = previous === "" || /^(export )?(default )?(function|class) /.test(previous);
  return /^[([`]/.test(bare) && !isBehindBlock ? `;${bare}` : bare;
}

/** Quotes and line ends. */
export function applyStyle(text: string, style: Style): string {
  const quoted = style.singleQuotes ? text.replaceAll('"', "'") : text;
  return style.windows ? quoted.replaceAll("\n", "\r\n") : quoted;
}
