import type { Binding } from "./layout.ts";
import { membersOf } from "./members.ts";
import { pick, type ItemPlan, type UsePlan } from "./plan.ts";
import { printUses, type Printing } from "./uses.ts";

/** An object whose properties are used one by one, or all at once where it is passed on. */
export function printObject(printing: Printing, item: ItemPlan, binding: Binding): string {
  const label = `item ${binding.rank}`;
  let cost = 1;
  const use = (choice: number, eager: boolean): string => {
    const plan: UsePlan | undefined = pick(item.uses, choice);
    const found = printUses(printing, plan === undefined ? [] : [plan], { rank: binding.rank, eager });
    cost += found.cost;
    if (found.throws) printing.throwing.add(binding.id);
    return `[${found.text}]`;
  };
  const properties = membersOf(item).map(({ name, kind, use: choice }) => {
    const texts: readonly (() => string)[] = [
      () => `${name}: ${use(choice, true)}`,
      () => `${name}(depth${printing.language === "ts" ? "?: number" : ""}) { return ${use(choice, false)}; }`,
      () => `${name}: () => ${use(choice, false)}`,
      // Reads of properties are trusted to have no effect.
      () => `get ${name}() { return [${choice}]; }`,
      () => `"${name}": ${use(choice, true)}`,
      () => `${name}: (console.log("${label}"), ${use(choice, true)})`,
      () => `["${name}"]: ${use(choice, true)}`,
      () => `${name}: { tag: ${use(choice, true)}, seed: 1 }`,
    ];
    return pick(texts, kind)?.() ?? "";
  });
  printing.costs.set(binding.id, cost);
  const list = item.effect % 2 === 0 ? `{\n  ${properties.join(",\n  ")},\n}` : `{ ${properties.join(", ")} }`;
  const frozen = item.effect % 7 === 6 ? `Object.freeze(${list})` : list;
  return properties.length === 0 ? "{}" : frozen;
}
