import type { Binding } from "./layout.ts";
import { membersOf } from "./members.ts";
import { digits, pick, type ItemPlan } from "./plan.ts";
import { chooseBinding, printUses, type Printing } from "./uses.ts";

/** A class with what all have, `tag` and `read`, and members of its own. */
export function printClass(printing: Printing, item: ItemPlan, binding: Binding): string {
  const [kind] = digits(item.form);
  const [first, ...rest] = item.uses;
  const base = first === undefined || kind % 3 === 0 ? "" : printHeritage(printing, item, binding.rank);
  const lazy = printUses(printing, rest, { rank: binding.rank, eager: false });
  const eager = printUses(printing, rest.slice(0, 1), { rank: binding.rank, eager: true });
  printing.costs.set(binding.id, lazy.cost + 1);
  if (lazy.throws) printing.throwing.add(binding.id);
  const own = printOwnMembers(printing, item, binding);
  const depth = printing.language === "ts" ? "depth?: number" : "depth";
  const members = [
    ...printStatics(item, `item ${binding.rank}`, eager.text),
    ...own.members,
    `read(${depth}) { ${own.inRead.map((text) => `${text} `).join("")}return [${lazy.text}]; }`,
  ];
  return `class ${binding.local ?? ""}${base} {\n${members.map((line) => `  ${line}`).join("\n")}\n}`.replace(
    "class  ",
    "class ",
  );
}

/** What runs when the class is declared. */
function printStatics(item: ItemPlan, label: string, eager: string): readonly string[] {
  const [, effect] = digits(item.form);
  return [
    effect < 8 ? `static tag = "${label}";` : `static tag = [${eager}];`,
    ...(effect === 9 ? [`static { console.log("${label}"); }`] : []),
    ...(effect === 10 ? [`static [\`made\${${eager === "" ? "1" : "typeof [" + eager + "]"}}\`]() { return 1; }`] : []),
    ...(effect === 11 ? [`static get made() { console.log("made of ${label}"); return 1; }`] : []),
  ];
}

type OwnMembers = { readonly members: readonly string[]; readonly inRead: readonly string[] };

function printOwnMembers(printing: Printing, item: ItemPlan, binding: Binding): OwnMembers {
  const isTyped = printing.language === "ts";
  const depth = isTyped ? "depth?: number" : "depth";
  const use = (choice: number, eager: boolean): string => {
    const plan = pick(item.uses, choice);
    const found = printUses(printing, plan === undefined ? [] : [plan], { rank: binding.rank, eager });
    printing.costs.set(binding.id, (printing.costs.get(binding.id) ?? 1) + found.cost);
    if (found.throws) printing.throwing.add(binding.id);
    return `[${found.text}]`;
  };
  const any = isTyped ? ": any" : "";
  const inRead: string[] = [];
  const members = membersOf(item).map(({ name, kind, use: choice }, index, all) => {
    const before = all[index - 1]?.name ?? "tag";
    const texts: readonly (() => string)[] = [
      () => `${name}(${depth}) { return ${use(choice, false)}; }`,
      () => `static ${name}(${depth}) { return ${use(choice, false)}; }`,
      () => `${name}${any} = ${use(choice, true)};`,
      // Reads of properties are trusted to have no effect.
      () => `get ${name}()${any} { return [${choice}]; }`,
      () => {
        if (choice % 3 === 0) inRead.push(`void this.#${name}();`);
        return `#${name}() { return ${use(choice, false)}; }`;
      },
      () => `static ${name}${any} = ${use(choice, true)};`,
      () => {
        inRead.push(`this.${name} = ${choice % 2 === 0 ? "depth" : `(console.log("write of ${name}"), 1)`};`);
        return `${name}${any} = 0;`;
      },
      () => `${name}(${depth}) { return ${isTyped ? "(this as any)" : "this"}.${before}; }`,
      () => {
        if (choice % 2 === 0) inRead.push(`this.${name} = 1;`);
        return `set ${name}(value${any}) { console.log("set of ${name}", value); }`;
      },
      () => `${name}(${depth}) { return typeof this.read; }`,
    ];
    return pick(texts, kind)?.() ?? "";
  });
  return { members, inRead };
}

function printHeritage(printing: Printing, item: ItemPlan, rank: number): string {
  const [plan, second] = item.uses;
  if (plan === undefined) return "";
  const parent = chooseBinding(printing, plan, (other) => other.type === "class" && other.rank < rank)?.text;
  if (parent === undefined) return "";
  const before =
    second === undefined || item.effect % 4 !== 0 ? "" : printUses(printing, [second], { rank, eager: true }).text;
  return before === "" ? ` extends ${/\(/.test(parent) ? `(${parent})` : parent}` : ` extends (${before}, ${parent})`;
}
