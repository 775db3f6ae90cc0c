import { codeSpan, escapeMarkdown, proseWithCode, table, tableCell } from "../core/markdown.ts";
import { listConfigFields } from "../core/config-docs.ts";
import { nightJsonSchema } from "../core/night-document.ts";
import { policyJsonSchema, repositoryJsonSchema } from "../core/policy-schema.ts";
import { principlesJsonSchema } from "../core/principles.ts";
import { tryJsonSchema } from "../core/try-document.ts";
import { renderPolicyDocs } from "../decide/policy-docs.ts";
import { passes } from "../passes/index.ts";
import { unifiedDiff } from "../sweep/diff.ts";
import type { Example } from "./read-examples.ts";

/** What is generated, by its path in this project. */
export type Docs = Readonly<Record<string, string>>;

/** Renders everything that is made from code; `readme` is the README as it stands, of which the marked parts change. */
export function renderDocs(readme: string, examples: ReadonlyMap<string, Example>): Docs {
  return {
    "README.md": replaceParts(readme, { passes: passTable(), config: configTable() }),
    "policies/README.md": renderPolicyDocs(passSections(examples)),
    "policies/policy.schema.json": toText(policyJsonSchema()),
    "policies/principles.schema.json": toText(principlesJsonSchema()),
    "policies/repository.schema.json": toText(repositoryJsonSchema()),
    "reports/night.schema.json": toText(nightJsonSchema()),
    "reports/try.schema.json": toText(tryJsonSchema()),
  };
}

/** Puts new text between `<!-- name:begin -->` and `<!-- name:end -->`; a marker that is missing is a fault of ours. */
function replaceParts(text: string, parts: Docs): string {
  return Object.entries(parts).reduce((before, [name, part]) => {
    const begin = `<!-- ${name}:begin -->\n<!-- prettier-ignore-start -->\n`;
    const end = `\n<!-- prettier-ignore-end -->\n<!-- ${name}:end -->`;
    const from = before.indexOf(begin);
    const to = before.indexOf(end);
    if (from === -1 || to < from) throw new Error(`README.md has lost the markers of its part "${name}"`);
    return `${before.slice(0, from + begin.length)}${part}${before.slice(to)}`;
  }, text);
}

function passTable(): string {
  const rows = passes.map(({ name, doc }) => [
    codeSpan(name),
    tableCell(escapeMarkdown(doc.summary)),
    tableCell(doc.keeps.map(escapeMarkdown).join("; ")),
  ]);
  return table(["pass", "what it takes", "what it keeps"], rows);
}

function configTable(): string {
  const rows = listConfigFields().map(({ path, fallback, description }) => [
    codeSpan(path),
    fallback === "" || fallback === "required" ? fallback : tableCell(codeSpan(fallback)),
    tableCell(proseWithCode(description)),
  ]);
  return table(["field", "default", "meaning"], rows);
}

/** The passes as sections of the policies' page: each is a category that a rule can name. */
function passSections(examples: ReadonlyMap<string, Example>): string {
  return passes
    .map(({ name, doc }) =>
      [
        `### ${codeSpan(name)}`,
        "",
        doc.summary,
        "",
        `Why it is safe: ${doc.why}`,
        "",
        "It keeps:",
        "",
        ...doc.keeps.map((kept) => `- ${kept}`),
        ...exampleOf(examples.get(name)),
      ].join("\n"),
    )
    .join("\n\n");
}

/** The files that change, with two lines around each change, and what is left of them. */
function exampleOf(example: Example | undefined): readonly string[] {
  if (example === undefined) return [];
  const diff = unifiedDiff(example.changes, example.texts)
    .split("\n")
    .filter((line) => line !== "" && !/^(?:diff --git|deleted file|new file|--- |@@ )/.test(line))
    .map((line) => line.replace(/^\+\+\+ (?:b\/)?/, "# "));
  const deleted = example.changes.flatMap(({ kind, file }) => (kind === "delete" ? [file] : []));
  const named = diff.map((line) =>
    line === "# /dev/null" ? `# ${deleted.shift() ?? ""} (the whole file goes)` : line,
  );
  return ["", "For example:", "", "```diff", ...named, "```"];
}

function toText(schema: object): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}
