import type { Tree } from "../passes/fixtures.ts";
import { printCommonJsExports, printRequires, withoutExports } from "./common-js.ts";
import { firstRank, layOut, logRank, registryRank, type Binding, type Layout } from "./layout.ts";
import { openScope, type ModuleScope } from "./module-scope.ts";
import { pick, placeItems, type Plan, type Style, type UsePlan } from "./plan.ts";
import { printExports, printImports } from "./print-bindings.ts";
import { printItem } from "./print-item.ts";
import { printTypeItem } from "./print-type-item.ts";
import { applyStyle, joinStatements, type Statement } from "./style.ts";
import { chooseBinding, memberUse, type Printing } from "./uses.ts";

/** The language that a program is written in. */
export type Language = "js" | "ts" | "cjs";

/** The path of the entry. */
export function entryOf(language: Language): string {
  return `src/main.${language === "ts" ? "ts" : "js"}`;
}

/** Writes a plan as the files of a package whose public API is its entry. */
export function printProgram(whole: Plan, language: Language): Tree {
  const plan = placeItems(language === "ts" ? whole : { ...whole, types: [] });
  const layout = layOut(plan, language);
  const isCommonJs = language === "cjs";
  const entry = isCommonJs ? `"main"` : `"type": "module", "exports"`;
  const manifest = `{ "name": "orchard", "version": "1.0.0", ${entry}: "./${entryOf(language)}" }\n`;
  const shared = { layout, language, costs: new Map<number, number>(), throwing: new Set<number>() };
  const printings = layout.files.map((_, module): Printing => ({
    ...shared,
    scope: openScope(layout, module, (source) => !isCommonJs || source > module),
  }));
  const statements = printItems(plan, printings);
  const texts = layout.files.map((file, module) => {
    const printing = printings[module];
    const style = plan.files[module]?.style;
    if (printing === undefined || style === undefined) return [file, ""] as const;
    return [file, printModule(plan, { printing, style, statements: statements[module] ?? [] })] as const;
  });
  return Object.fromEntries([["package.json", manifest], ...texts]);
}

/** Prints the items in the order of their ranks, since the cost of a function is that of the lower ones it calls. */
function printItems(plan: Plan, printings: readonly Printing[]): readonly (readonly Statement[])[] {
  const found: Statement[][] = printings.map(() => []);
  const printingAt = (module: number) => printings.slice(module % printings.length)[0];
  const put = (module: number, texts: readonly string[], comment = 0) =>
    found[module % printings.length]?.push(...texts.map((text) => ({ text, comment })));
  const { byRank } = printings[0]?.layout ?? { byRank: new Map<number, readonly Binding[]>() };
  const inLanguage = (module: number, texts: readonly string[], rank: number): readonly string[] => {
    const style = plan.files[module % printings.length]?.style;
    if (printings[0]?.language !== "cjs" || style === undefined) return texts;
    return withoutExports(texts, byRank.get(rank) ?? [], style);
  };
  for (const binding of byRank.get(logRank) ?? []) {
    const text = `${keyword(binding)}const ${binding.local ?? ""} = [];`;
    put(binding.module, inLanguage(binding.module, [text], logRank));
  }
  const [register] = byRank.get(registryRank) ?? [];
  if (register !== undefined) put(register.module, inLanguage(register.module, registry, registryRank));
  for (const [index, item] of [...plan.items, ...plan.types].entries()) {
    const printing = printingAt(item.module);
    const print = index < plan.items.length ? printItem : printTypeItem;
    const rank = firstRank + index;
    if (printing !== undefined)
      put(item.module, inLanguage(item.module, print(printing, item, rank), rank), item.comment);
  }
  return found;
}

const registry = [
  "const table = new Map();",
  "export function register(name, run) { table.set(name, run); }",
  "export function dispatch(name) { return table.get(name)?.(); }",
];

function keyword({ exported }: Binding): string {
  return exported === "keyword" || exported === "both" ? "export " : "";
}

type ModuleText = { readonly printing: Printing; readonly style: Style; readonly statements: readonly Statement[] };

function printModule(plan: Plan, { printing, style, statements }: ModuleText): string {
  const { layout, scope } = printing;
  const observations = scope.module === 0 ? printObservations(plan, printing) : [];
  const bare = addSurplusImports(plan, layout, scope);
  const isCommonJs = printing.language === "cjs";
  const exports = isCommonJs ? printCommonJsExports(printing, style) : printExports(printing, style);
  const imports = (isCommonJs ? printRequires : printImports)(printing, { style, bare });
  const empty = { text: isCommonJs ? "void 0;" : "export {};", comment: 0 };
  const body = style.exportsFirst && !isCommonJs ? [...exports, ...statements] : [...statements, ...exports];
  const whole = [...imports, ...body, ...observations];
  return applyStyle(joinStatements(whole.length === 0 ? [empty] : whole, style), style);
}

/** Imports that nothing uses; returns the modules that are imported for their effects. */
function addSurplusImports(plan: Plan, layout: Layout, scope: ModuleScope): readonly number[] {
  const count = layout.files.length;
  return plan.surplusImports.flatMap(({ module, source: from, name: choice, form }) => {
    const source = from % count;
    if (module % count !== scope.module || source === scope.module || !scope.isUsable(source)) return [];
    if (form % 3 === 2) scope.add({ source, imported: "*", typeOnly: false }, `module${source}`);
    if (form % 3 !== 1) return form % 3 === 0 ? [source] : [];
    const name = pick(layout.exportNames(source), choice);
    const target = name === undefined ? null : layout.resolve(source, name);
    if (name === undefined || target === null) return [source];
    const typeOnly = target.kind === "binding" && target.binding.type === "type";
    scope.add({ source, imported: name, typeOnly }, name === "default" ? `from${source}` : name);
    return [];
  });
}

/** What the entry prints: this is the behaviour that a sweep must not change. */
function printObservations(plan: Plan, printing: Printing): readonly Statement[] {
  const texts = plan.observed.map((use, index) => {
    const label = `seen ${index}`;
    const chosen = chooseBinding(printing, use, ({ rank, type }) => rank >= registryRank && type !== "type");
    if (chosen === undefined) return `console.log("${label}");`;
    const { text, binding } = chosen;
    const seen = observe(printing, { ...use, text, binding }, plan.items.length + index);
    return `try {\n  console.log("${label}", ${seen});\n} catch (error) {\n  console.log("${label}", error.message);\n}`;
  });
  const noUse = { target: 0, access: 0, form: 0, shape: 0 };
  const log = chooseBinding(printing, noUse, ({ rank }) => rank === logRank)?.text;
  return [...texts, `console.log("log", ${log ?? "0"});`].map((text) => ({ text, comment: 0 }));
}

type Observed = UsePlan & { readonly text: string; readonly binding: Binding };

function observe({ language }: Printing, { text, binding, ...use }: Observed, number: number): string {
  const member = memberUse(text, binding, use.shape);
  return member !== undefined && use.form % 3 !== 0
    ? member
    : observeWhole(text, binding, { language, number, isBare: use.form % 2 === 0 });
}

type Watched = { readonly language: Language; readonly number: number; readonly isBare: boolean };

function observeWhole(text: string, binding: Binding, { language, number, isBare }: Watched): string {
  switch (binding.type) {
    case "function":
      return `${text}(0), ${text}(1)`;
    case "class":
      return `${text}.tag, new (${text})().read(0)`;
    case "loader":
      return language === "cjs" ? `${text}()` : `await ${text}()`;
    case "registry":
      return observeRegistry(text, binding, number);
    case "object":
      return isBare ? text : `typeof ${text}`;
    case "log":
    case "value":
    case "variable":
    case "type":
      return text;
  }
}

function observeRegistry(text: string, { local }: Binding, number: number): string {
  return local?.startsWith("dispatch") === true
    ? `[0, 1, 2, 3, 4, 5].map((each) => ${text}(\`item \${each + ${number % 20}}\`))`
    : `typeof ${text}`;
}
