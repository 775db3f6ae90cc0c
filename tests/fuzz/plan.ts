import fc from "fast-check";

/*
 * A plan is plain data: every number is a choice that is taken modulo what there is to choose from, so that any plan
 * gives a valid program and a smaller plan gives a smaller program. That is what makes shrinking work.
 */
const choice = fc.nat({ max: 999 });

/** A use of another item's name: which name, by which of its exports, through which form of import, and what is done. */
const use = fc.record({ target: choice, access: choice, form: choice, shape: choice });
export type UsePlan = typeof use extends fc.Arbitrary<infer Value> ? Value : never;

const name = fc.record({ word: choice, exported: choice });

/** A member of a class, an object or an enum; what its body uses is taken from the uses of the item. */
const member = fc.record({ word: choice, kind: choice, use: choice });
export type MemberPlan = typeof member extends fc.Arbitrary<infer Value> ? Value : never;

/** What an item makes: one or more module-level names, or a statement without any. */
const item = fc.record({
  kind: fc.oneof(
    { weight: 8, arbitrary: fc.constant("function" as const) },
    { weight: 6, arbitrary: fc.constant("constant" as const) },
    { weight: 4, arbitrary: fc.constant("class" as const) },
    { weight: 3, arbitrary: fc.constant("object" as const) },
    { weight: 2, arbitrary: fc.constant("variable" as const) },
    { weight: 1, arbitrary: fc.constant("declarators" as const) },
    { weight: 1, arbitrary: fc.constant("destructure" as const) },
    { weight: 1, arbitrary: fc.constant("loader" as const) },
    { weight: 4, arbitrary: fc.constant("statement" as const) },
  ),
  module: choice,
  form: choice,
  effect: choice,
  local: choice,
  inside: choice,
  comment: choice,
  names: fc.tuple(name, name),
  uses: fc.array(use, { maxLength: 3, size: "max" }),
  members: fc.array(member, { maxLength: 5, size: "max" }),
});
export type ItemPlan = typeof item extends fc.Arbitrary<infer Value> ? Value : never;

const reExport = fc.record({ module: choice, source: choice, form: choice, name: choice, word: choice });
export type ReExportPlan = typeof reExport extends fc.Arbitrary<infer Value> ? Value : never;

const surplusImport = fc.record({ module: choice, source: choice, form: choice, name: choice });

/** How a file is written; nothing of it changes what the program does. */
const style = fc.record({
  semicolons: fc.boolean(),
  singleQuotes: fc.boolean(),
  merged: fc.boolean(),
  multiline: fc.boolean(),
  spaced: fc.boolean(),
  exportsFirst: fc.boolean(),
  windows: fc.boolean(),
});
export type Style = typeof style extends fc.Arbitrary<infer Value> ? Value : never;

/** A whole program, its types for the TypeScript form included. */
export const program = fc.record({
  files: fc.array(fc.record({ folder: choice, style }), { minLength: 2, maxLength: 8, size: "max" }),
  log: fc.record({ module: choice, exported: choice }),
  registry: fc.record({ module: choice, exported: choice }),
  items: fc.array(item, { minLength: 2, maxLength: 24, size: "max" }),
  reExports: fc.array(reExport, { maxLength: 6, size: "max" }),
  surplusImports: fc.array(surplusImport, { maxLength: 4, size: "max" }),
  observed: fc.array(use, { minLength: 1, maxLength: 6, size: "max" }),
  types: fc.array(item, { maxLength: 10, size: "max" }),
  /** Whether lower modules hold lower items, so that a module mostly finds what it uses loaded before itself. */
  layered: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  /** Which pieces of garbage are taken when not all are. */
  subset: choice,
});
export type Plan = typeof program extends fc.Arbitrary<infer Value> ? Value : never;

/** Puts the items of a layered plan into the modules from the last to the first. */
export function placeItems(plan: Plan): Plan {
  if (!plan.layered) return plan;
  const last = plan.files.length - 1;
  const place = (index: number, count: number) => last - Math.floor((index * plan.files.length) / count);
  const items = plan.items.map((item, index) => ({ ...item, module: place(index, plan.items.length) }));
  return { ...plan, items, log: { ...plan.log, module: last }, registry: { ...plan.registry, module: last } };
}

/** The element that a choice stands for; undefined when there is nothing to choose from. */
export function pick<Value>(values: readonly Value[], number: number): Value | undefined {
  return values[number % Math.max(1, values.length)];
}

/** Several small choices out of one. */
export function digits(number: number): readonly [number, number, number] {
  return [number % 20, Math.floor(number / 20) % 20, Math.floor(number / 400)];
}
