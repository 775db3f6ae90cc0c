import type { Binding } from "./layout.ts";
import { registryRank } from "./layout.ts";
import { pick, type ItemPlan, type UsePlan } from "./plan.ts";
import { relativePath } from "./print-item.ts";
import { chooseBinding, type Printing } from "./uses.ts";

/** The declaration of a type; it may use types of any rank, since types may be circular, and the types of values. */
export function printTypeItem(printing: Printing, item: ItemPlan, rank: number): readonly string[] {
  const [binding] = printing.layout.byRank.get(rank) ?? [];
  const name = binding?.local ?? "";
  const [first, second] = item.uses;
  const one = printType(printing, first, rank);
  const two = printType(printing, second, rank);
  const texts: readonly string[] = [
    `interface ${name} { weight: number; other?: ${one} }`,
    `interface ${name} {\n  weight: ${one};\n}\n${prefixOf(binding)}interface ${name} {\n  height: ${two};\n}`,
    `type ${name} = { one: ${one}; two: ${two} };`,
    `type ${name}<Fruit = ${one}> = { list: Fruit[]; map: (fruit: Fruit) => ${two} };`,
    `enum ${name} { One = 1, Two }`,
    `type ${name} = { [Key in keyof ${one}]: ${two} };`,
    `type ${name} = ${typeOfValue(printing, first, rank)} | null;`,
    `type ${name} = ${importedType(printing, first, rank)} | null;`,
  ];
  return [prefixOf(binding) + (pick(texts, item.form) ?? "")];
}

function prefixOf(binding: Binding | undefined): string {
  return binding?.exported === "keyword" || binding?.exported === "both" ? "export " : "";
}

/** A type by name, of lower rank so that no alias is its own definition; a built-in one when there is none. */
export function printType(printing: Printing, plan: UsePlan | undefined, rank: number): string {
  if (plan === undefined) return "number";
  const text = chooseBinding(printing, plan, (binding) => binding.type === "type" && binding.rank < rank)?.text;
  return text ?? pick(["number", "string", "unknown"], plan.shape) ?? "number";
}

function typeOfValue(printing: Printing, plan: UsePlan | undefined, rank: number): string {
  if (plan === undefined) return "number";
  const isNamed = { ...plan, form: plan.form % 5 };
  const text = chooseBinding(
    printing,
    isNamed,
    (binding) => binding.type !== "type" && binding.rank > registryRank && binding.rank < rank,
  )?.text;
  return text === undefined ? "number" : `typeof ${text}`;
}

function importedType({ layout, scope }: Printing, plan: UsePlan | undefined, rank: number): string {
  if (plan === undefined) return "number";
  const targets = layout.files.flatMap((file, module) =>
    layout.exportNames(module).flatMap((name) => {
      const target = layout.resolve(module, name);
      const isType = target?.kind === "binding" && target.binding.type === "type" && target.binding.rank < rank;
      return isType && module !== scope.module ? [{ file, name }] : [];
    }),
  );
  const chosen = pick(targets, plan.target);
  if (chosen === undefined) return "string";
  return `import("${relativePath(layout.files[scope.module] ?? "", chosen.file)}").${chosen.name}`;
}
