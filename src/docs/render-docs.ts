import { codeSpan, escapeMarkdown, proseWithCode, table, tableCell } from "../core/markdown.ts";
import { listConfigFields } from "../core/config-docs.ts";
import { nightJsonSchema } from "../core/night-document.ts";
import { policyJsonSchema, repositoryJsonSchema } from "../core/policy-schema.ts";
import { tryJsonSchema } from "../core/try-document.ts";
import { renderPolicyDocs } from "../decide/policy-docs.ts";
import { passes } from "../passes/index.ts";

/** What is generated, by its path in this project. */
export type Docs = Readonly<Record<string, string>>;

/** Renders everything that is made from code; `readme` is the README as it stands, of which the marked parts change. */
export function renderDocs(readme: string): Docs {
  return {
    "README.md": replaceParts(readme, { passes: passTable(), config: configTable() }),
    "policies/README.md": renderPolicyDocs(passSections()),
    "policies/policy.schema.json": toText(policyJsonSchema()),
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
function passSections(): string {
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
      ].join("\n"),
    )
    .join("\n\n");
}

function toText(schema: object): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}
