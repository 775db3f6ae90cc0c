import type { ModuleScope, ImportedName } from "./module-scope.ts";
import { relativePath } from "./print-item.ts";
import type { Style } from "./plan.ts";
import type { Statement } from "./style.ts";
import type { Printing } from "./uses.ts";

/** The import statements of a module, once everything else has said what it needs. */
export function printImports(
  { layout, scope }: Printing,
  { style, bare }: { readonly style: Style; readonly bare: readonly number[] },
): readonly Statement[] {
  const path = (source: number) => relativePath(layout.files[scope.module] ?? "", layout.files[source] ?? "");
  const groups = Map.groupBy(scope.imports, (name) =>
    style.merged ? `${name.source} ${String(name.typeOnly)}` : `${name.source} ${name.imported} ${name.local}`,
  );
  const named = [...groups.values()].flatMap((names) =>
    splitClauses(names, style).map((clause) => `import ${clause} from "${path(names[0]?.source ?? 0)}";`),
  );
  return [...named, ...bare.map((source) => `import "${path(source)}";`)].map((text) => ({ text, comment: 0 }));
}

/** A default may stand with a list or with a namespace, but those two not with each other. */
function splitClauses(names: readonly ImportedName[], style: Style): readonly string[] {
  const namespace = names.find(({ imported }) => imported === "*");
  const main = names.find(({ imported, typeOnly }) => imported === "default" && !typeOnly);
  const listed = names.filter((name) => name !== namespace && name !== main);
  const isType = listed.length > 0 && listed.every(({ typeOnly }) => typeOnly);
  const list = listed.map((name) => importSpecifier(name, isType && style.merged));
  const braces = list.length === 0 ? "" : listText(list, style);
  const clauses = [main?.local ?? "", braces].filter((text) => text !== "").join(", ");
  const star = namespace === undefined ? [] : [`* as ${namespace.local}`];
  return [...(clauses === "" ? [] : [`${isType && style.merged ? "type " : ""}${clauses}`]), ...star];
}

function importSpecifier({ imported, local, typeOnly }: ImportedName, isWholeType: boolean): string {
  const prefix = typeOnly && !isWholeType ? "type " : "";
  return prefix + (imported === local ? local : `${imported} as ${local}`);
}

function listText(items: readonly string[], style: Style): string {
  return style.multiline ? `{\n  ${items.join(",\n  ")},\n}` : `{ ${items.join(", ")} }`;
}

/** Export lists and re-exports of a module. */
export function printExports({ layout, scope }: Printing, style: Style): readonly Statement[] {
  const specifiers = layout.bindings
    .filter(({ module, local }) => module === scope.module && local !== null)
    .flatMap(({ exported, local, id, type }) => {
      const name = (type === "type" ? "type " : "") + (local ?? "");
      if (exported === "list") return [name];
      if (exported === "alias" || exported === "both") return [`${name} as ${local ?? ""}Of${id}`];
      return exported === "default-list" ? [`${name} as default`, name] : [];
    });
  const lists =
    style.merged && specifiers.length > 0 ? [listText(specifiers, style)] : specifiers.map((item) => `{ ${item} }`);
  const reExports = layout.reExports.filter(({ module }) => module === scope.module);
  return [
    ...lists.map((list) => `export ${list};`),
    ...reExports.map((reExport) => printReExport(reExport, { layout, scope }, style)),
  ].map((text) => ({ text, comment: 0 }));
}

type Where = Pick<Printing, "layout"> & { readonly scope: ModuleScope };

function printReExport(
  reExport: Printing["layout"]["reExports"][number],
  { layout, scope }: Where,
  style: Style,
): string {
  const path = relativePath(layout.files[scope.module] ?? "", layout.files[reExport.source] ?? "");
  const { imported, exported, form } = reExport;
  if (form === "star") return `export * from "${path}";`;
  const target = layout.resolve(reExport.source, imported);
  const typeOnly = form === "named" && target?.kind === "binding" && target.binding.type === "type";
  const prefix = typeOnly ? "type " : "";
  if (reExport.inTwoSteps) {
    const local = scope.add(
      { source: reExport.source, imported, typeOnly },
      `${imported === "*" ? "all" : imported}Again`,
    );
    return `export { ${prefix}${local} as ${exported} };`;
  }
  if (form === "namespace") return `export * as ${exported} from "${path}";`;
  const specifier = imported === exported ? imported : `${imported} as ${exported}`;
  return `export ${listText([prefix + specifier], style)} from "${path}";`;
}
