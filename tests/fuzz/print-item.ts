import type { Binding } from "./layout.ts";
import { pick, type ItemPlan } from "./plan.ts";
import { printClass } from "./print-class.ts";
import { printFunction } from "./print-function.ts";
import { printObject } from "./print-object.ts";
import { printStatement } from "./print-statement.ts";
import { printLog, printUses, type Printing } from "./uses.ts";

/** The statements of one item, each on lines of its own; the first one of a declaration carries `export` if it is exported so. */
export function printItem(printing: Printing, item: ItemPlan, rank: number): readonly string[] {
  const bindings = printing.layout.byRank.get(rank) ?? [];
  const [first] = bindings;
  if (first === undefined) return printStatement(printing, item, rank);
  switch (item.kind) {
    case "function":
      return printFunctionItem(printing, item, first);
    case "class":
      return [exportPrefix(first) + printClass(printing, item, first)];
    case "object":
      return [printValue(first, printObject(printing, item, first))];
    case "variable":
      return printVariable(printing, item, first);
    case "loader":
      return [printLoader(printing, item, first)];
    case "constant":
      return [printValue(first, constantText(printing, item, first.rank))];
    case "declarators":
    case "destructure":
      return [printPair(printing, item, bindings)];
    case "statement":
      return [];
  }
}

/** What stands before a declaration that carries its own export. */
function exportPrefix(binding: Binding): string {
  if (binding.exported === "default" || binding.exported === "default-name") return "export default ";
  return binding.exported === "keyword" || binding.exported === "both" ? "export " : "";
}

/** A variable cannot say `export default`; the name is exported by a statement of its own then. */
function constPrefix(binding: Binding): string {
  return binding.exported === "keyword" || binding.exported === "both" ? "export " : "";
}

function printFunctionItem(printing: Printing, item: ItemPlan, binding: Binding): readonly string[] {
  const printed = printFunction(printing, item, binding.rank);
  const { parameters, body, behind, result } = printed;
  printing.costs.set(binding.id, printed.cost);
  if (printed.throws) printing.throwing.add(binding.id);
  const block = `{\n${[...body, `return ${result};`, ...behind].map((line) => `  ${line}`).join("\n")}\n}`;
  const isExpression = body.length === 0 && behind.length === 0 && item.form % 2 === 0;
  const arrow = `(${parameters}) => ${isExpression ? result : block}`;
  const name = binding.local;
  if (name === null)
    return [item.form % 3 === 0 ? `export default ${arrow};` : `export default function (${parameters}) ${block}`];
  if (item.form % 4 > 1)
    return printFunctionVariable(item, binding, item.form % 4 === 2 ? arrow : `function (${parameters}) ${block}`);
  const hasOverload = printing.language === "ts" && item.form % 3 === 0;
  const overload = `${exportPrefix(binding)}function ${name}(depth?: number, ...rest: unknown[]): any;\n`;
  return [`${hasOverload ? overload : ""}${exportPrefix(binding)}function ${name}(${parameters}) ${block}`];
}

function printFunctionVariable(item: ItemPlan, binding: Binding, value: string): readonly string[] {
  const isRewritten = item.form % 11 === 10;
  const name = binding.local ?? "";
  return [
    `${constPrefix(binding)}${isRewritten ? "let" : "const"} ${name} = ${isRewritten ? "() => 1" : value};`,
    ...(isRewritten ? [`${name} = ${value};`] : []),
    ...(binding.exported === "default-name" ? [`export default ${name};`] : []),
  ];
}

function printVariable(printing: Printing, item: ItemPlan, binding: Binding): readonly string[] {
  const { text } = printUses(printing, item.uses.slice(0, 1), { rank: binding.rank, eager: true });
  const name = binding.local ?? "";
  const isWritten = item.effect % 3 === 0;
  return [
    `${constPrefix(binding)}let ${name}${item.form % 4 === 0 ? "" : ` = ${text === "" ? "1" : text}`};`,
    ...(isWritten ? [`${name} = "item ${binding.rank}";`] : []),
    ...(binding.exported === "default-name" ? [`export default ${name};`] : []),
  ];
}

function printLoader(printing: Printing, item: ItemPlan, binding: Binding): string {
  const { layout, scope } = printing;
  const target = item.effect % layout.files.length;
  const path = relativePath(layout.files[scope.module] ?? "", layout.files[target] ?? "");
  const names = layout
    .exportNames(target)
    .filter((name) => name !== "default" && layout.resolve(target, name)?.kind === "binding");
  const name = pick(names, item.local);
  const isTemplate = path.includes("plug-") && item.form % 2 === 0;
  const loaded = `import(${isTemplate ? `\`${path.replace(/\d+(?=\.)/, "${Number($&)}")}\`` : `"${path}"`})`;
  if (printing.language === "cjs") return printValue(binding, pick(printRequires(path, name), item.form) ?? "");
  const whole = [`() => ${loaded}`, `async () => Object.keys(await ${loaded})`];
  const member = `async () => { const { ${name ?? ""}: found } = await ${loaded}; return found; }`;
  const bodies = name === undefined ? whole : [...whole, member, `() => ${loaded}.then((module) => module.${name})`];
  return printValue(binding, pick(bodies, item.form) ?? "");
}

/** Ways to load a CommonJS module late. */
function printRequires(path: string, name: string | undefined): readonly string[] {
  const loaded = `require("${path}")`;
  const whole = [`() => ${loaded}`, `() => Object.keys(${loaded})`];
  if (name === undefined) return whole;
  return [...whole, `() => { const { ${name}: found } = ${loaded}; return found; }`, `() => ${loaded}.${name}`];
}

/** A constant, or a default export without a name. */
function printValue(binding: Binding, value: string): string {
  if (binding.local === null) return `export default ${value};`;
  const after = binding.exported === "default-name" ? `\nexport default ${binding.local};` : "";
  return `${constPrefix(binding)}const ${binding.local} = ${value};${after}`;
}

function constantText(printing: Printing, item: ItemPlan, rank: number): string {
  const label = `item ${rank}`;
  const eager = printUses(printing, item.uses, { rank, eager: true }).text;
  const one = eager === "" ? "0" : eager;
  const [plan] = item.uses;
  const texts: readonly (() => string)[] = [
    () => String(rank),
    () => `"${label}"`,
    () => (eager === "" ? "0" : `[${eager}]`),
    () => `{ tag: "${label}", list: [${eager}] }`,
    () => `[${eager}]`,
    () => `new Map([["${label}", [${eager}]]])`,
    () => `Array.from([1], () => [${eager}])`,
    () => `Object.freeze([${eager}])`,
    () => `(() => [${eager}])()`,
    () => `\`${label} \${typeof [${eager}]}\``,
    () => `typeof [${eager}] === "object" ? ${one.includes(",") ? `[${one}]` : one} : 1`,
    () => `{ get tag() { console.log("tag of ${label}"); return 1; } }.tag`,
    () => `String([${eager}].length)`,
    () => (plan === undefined ? "1" : printLog(printing, plan, label)),
    () => `(console.log("${label}"), 1)`,
    () => `Array.from([1], (each) => { console.log("${label}"); return each; })`,

    () => `{ value: 1, ...[${eager}] }`,
  ];
  return texts[item.form % texts.length]?.() ?? "0";
}

function printPair(printing: Printing, item: ItemPlan, bindings: readonly Binding[]): string {
  const [first, second] = bindings;
  const rank = first?.rank ?? 0;
  const uses = item.uses.map((use) => printUses(printing, [use], { rank, eager: true }).text);
  const [one = "1", two = "2"] = uses;
  const names = [first?.local ?? "", second?.local ?? ""] as const;
  const prefix = first === undefined ? "" : constPrefix(first);
  if (item.kind === "declarators") return `${prefix}const ${names[0]} = ${one}, ${names[1]} = ${two};`;
  const patterns = [
    `{ first: ${names[0]}, second: ${names[1]} } = { first: ${one}, second: ${two} }`,
    `{ first: ${names[0]} = ${one}, second: ${names[1]} = ${two} } = {}`,
    `[${names[0]}, ${names[1]} = ${two}] = [${one}]`,
    `{ first: ${names[0]}, ...${names[1]} } = { first: ${one}, second: ${two} }`,
  ];
  return `${prefix}const ${pick(patterns, item.form) ?? ""};`;
}

/** The specifier that leads from one file to another. */
export function relativePath(from: string, to: string): string {
  const folders = from.split("/").slice(0, -1);
  const parts = to.split("/");
  let shared = 0;
  while (shared < folders.length && folders[shared] === parts[shared]) shared += 1;
  const up = folders.slice(shared).map(() => "..");
  return [...(up.length === 0 ? ["."] : up), ...parts.slice(shared)].join("/");
}
