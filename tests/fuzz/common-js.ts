import type { Binding } from "./layout.ts";
import { relativePath } from "./print-item.ts";
import type { Style } from "./plan.ts";
import type { Statement } from "./style.ts";
import type { Printing } from "./uses.ts";

/*
 * A CommonJS program is the same plan written otherwise: it has no default exports, since a module that names one is
 * used as a whole, and a module only requires those behind it, since half-loaded ones give what nobody can foresee.
 */

/** The statements of an item without the word `export`, and what exports its names unless a list at the end does. */
export function withoutExports(
  texts: readonly string[],
  bindings: readonly Binding[],
  { merged }: Pick<Style, "merged">,
): readonly string[] {
  const bare = texts.map((text) => text.replace(/^export /, ""));
  return merged ? bare : [...bare, ...keywordNames(bindings).map((name) => `exports.${name} = ${name};`)];
}

function keywordNames(bindings: readonly Binding[]): readonly string[] {
  return bindings.flatMap(({ exported, local }) =>
    (exported === "keyword" || exported === "both") && local !== null ? [local] : [],
  );
}

/** What a module requires. */
export function printRequires(
  { layout, scope }: Printing,
  { style, bare }: { readonly style: Style; readonly bare: readonly number[] },
): readonly Statement[] {
  const load = (source: number) => loadText(layout, { from: scope.module, source });
  const spaces = scope.imports.filter(({ imported }) => imported === "*");
  const named = scope.imports.filter(({ imported }) => imported !== "*");
  const groups = Map.groupBy(named, ({ source, imported, local }) => (style.merged ? source : `${imported} ${local}`));
  const patterns = [...groups.values()].map((names) => {
    const items = names.map(({ imported, local }) => (imported === local ? local : `${imported}: ${local}`));
    const [only] = names;
    return names.length === 1 && only !== undefined && !style.spaced
      ? `const ${only.local} = ${load(only.source)}.${only.imported};`
      : `const { ${items.join(", ")} } = ${load(names[0]?.source ?? 0)};`;
  });
  return [
    ...spaces.map(({ local, source }) => `const ${local} = ${load(source)};`),
    ...patterns,
    ...bare.map((source) => `${load(source)};`),
  ].map((text) => ({ text, comment: 0 }));
}

function loadText(
  { files }: Printing["layout"],
  { from, source }: { readonly from: number; readonly source: number },
): string {
  return `require("${relativePath(files[from] ?? "", files[source] ?? "")}")`;
}

/** What stands at the end of a module: one object with everything, or an assignment for each name. */
export function printCommonJsExports({ layout, scope }: Printing, style: Style): readonly Statement[] {
  const own = layout.bindings.filter(({ module }) => module === scope.module);
  const listed = own.flatMap(({ exported, local, id }): readonly (readonly [string, string])[] => {
    if (local === null) return [];
    if (exported === "list") return [[local, local]];
    return exported === "alias" || exported === "both" ? [[`${local}Of${id}`, local]] : [];
  });
  const keywords = style.merged ? keywordNames(own).map((name) => [name, name] as const) : [];
  const stars: string[] = [];
  const passedOn = layout.reExports
    .filter(({ module }) => module === scope.module)
    .flatMap(({ form, source, imported, exported, inTwoSteps }): readonly (readonly [string, string])[] => {
      const loaded = loadText(layout, { from: scope.module, source });
      if (form === "star") stars.push(loaded);
      if (form === "star") return [];
      if (inTwoSteps) return [[exported, scope.add({ source, imported, typeOnly: false }, `${exported}Again`)]];
      return [[exported, form === "namespace" ? loaded : `${loaded}.${imported}`]];
    });
  const entries = [...keywords, ...listed, ...passedOn];
  const texts = style.merged ? [printObject(entries, stars)] : [...stars.map(assign), ...entries.map(printEntry)];
  return texts.filter((text) => text !== "").map((text) => ({ text, comment: 0 }));
}

function assign(loaded: string): string {
  return `Object.assign(exports, ${loaded});`;
}

function printEntry([name, value]: readonly [string, string]): string {
  return `exports.${name} = ${value};`;
}

function printObject(entries: readonly (readonly [string, string])[], stars: readonly string[]): string {
  const items = [
    ...stars.map((star) => `...${star}`),
    ...entries.map(([name, value]) => (name === value ? name : `${name}: ${value}`)),
  ];
  return items.length === 0 ? "" : `module.exports = { ${items.join(", ")} };`;
}
