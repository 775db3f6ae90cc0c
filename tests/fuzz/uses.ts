import type { Binding, Layout } from "./layout.ts";
import { logRank, registryRank } from "./layout.ts";
import type { ModuleScope } from "./module-scope.ts";
import { pick, type UsePlan } from "./plan.ts";

/** What printing one module needs. */
export type Printing = {
  readonly layout: Layout;
  readonly scope: ModuleScope;
  readonly language: "js" | "ts" | "cjs";
  /** Steps that calling a function takes, by its binding: without a limit a chain of double calls grows like 2^n. */
  readonly costs: Map<number, number>;
  /** Functions whose call may end in an exception. */
  readonly throwing: Set<number>;
};

/** One use of a name as an expression, and what it costs to evaluate it. */
export type Expression = { readonly text: string; readonly cost: number; readonly throws: boolean };

const maxCost = 40;
const anyValue: Expression = { text: "0", cost: 0, throws: false };

/** A binding that may be used at a rank, by choice; undefined when none can be reached. */
export function chooseBinding(
  { layout, scope }: Printing,
  plan: UsePlan,
  isWanted: (binding: Binding) => boolean,
): { readonly binding: Binding; readonly text: string } | undefined {
  const isReachable = (binding: Binding) =>
    (binding.module === scope.module && binding.local !== null) || layout.accesses.has(binding.id);
  const binding = pick(
    layout.bindings.filter((candidate) => isReachable(candidate) && isWanted(candidate)),
    plan.target,
  );
  const text = binding === undefined ? undefined : scope.refer(binding, plan);
  return binding === undefined || text === undefined ? undefined : { binding, text };
}

/** A use of a name of a lower rank as an expression. Eager ones run while the module loads: they must not throw. */
export function printUse(
  printing: Printing,
  plan: UsePlan,
  place: { readonly rank: number; readonly eager: boolean },
): Expression {
  const chosen = chooseBinding(
    printing,
    plan,
    ({ rank, type }) => rank < place.rank && rank > registryRank && type !== "type" && type !== "loader",
  );
  if (chosen === undefined) return anyValue;
  const { binding, text } = chosen;
  const member = printMemberUse(printing, { ...plan, text, binding }, place.eager);
  return member ?? printWholeUse(printing, { ...plan, text, binding }, place.eager);
}

function printWholeUse(printing: Printing, { binding, text, ...plan }: Chosen, eager: boolean): Expression {
  if (binding.type === "object") return { text: objectText(text, plan.shape), cost: 1, throws: false };
  if (binding.type !== "function" && binding.type !== "class")
    return { text: valueText(text, plan.shape), cost: 1, throws: false };
  const cost = printing.costs.get(binding.id) ?? 1;
  const throws = printing.throwing.has(binding.id);
  const run = binding.type === "function" ? callText(text, plan.shape) : newText(text, plan.shape);
  if (run !== undefined && cost < maxCost && !(eager && throws)) return { text: run, cost, throws };
  const shapes = [...(binding.type === "class" ? [`${text}.tag`] : []), `typeof ${text}`, `[${text}].length`];
  return { text: pick(shapes, plan.shape) ?? text, cost: 1, throws: false };
}

function newText(text: string, shape: number): string | undefined {
  return shape % 4 === 1 ? `new (${text})().read(0)` : undefined;
}

function callText(text: string, shape: number): string | undefined {
  const calls = [
    `${text}(0)`,
    `${text}(0)`,
    `${text}(1)`,
    `${text}(0, () => ${shape % 100})`,
    `${text}(0, () => { console.log("callback ${shape % 100}"); return 0; })`,
  ];
  return calls[shape % 7];
}

type Chosen = UsePlan & { readonly binding: Binding; readonly text: string };

function printMemberUse(
  { costs, throwing }: Printing,
  { binding, text, form, shape }: Chosen,
  eager: boolean,
): Expression | undefined {
  const member = form % 4 === 0 ? undefined : memberUse(text, binding, shape);
  const cost = costs.get(binding.id) ?? 1;
  const throws = throwing.has(binding.id);
  return member === undefined || cost >= maxCost || (eager && throws) ? undefined : { text: member, cost, throws };
}

/** A use of one member of a class or an object, in a form that may hide its name from who only reads dots. */
export function memberUse(text: string, binding: Binding, shape: number): string | undefined {
  const member = pick(binding.members, shape);
  if (member === undefined) return undefined;
  const { name, called, onClass } = member;
  const holder = onClass ? text : `new (${text})()`;
  const read = `${holder}.${name}`;
  const call = called ? `${read}(0)` : read;
  const texts = [
    call,
    call,
    read,
    `${holder}["${name}"]`,
    `(({ ${name} }) => ${name})(${holder})`,
    `${holder}?.${name}`,
  ];
  return pick(texts, Math.floor(shape / 7));
}

/** A use of a whole object: some keep all of its properties, some none. */
function objectText(text: string, shape: number): string {
  const texts = [text, `typeof ${text}`, `Object.keys(${text})`, `({ ...${text} })`, `[${text}].length`, `!${text}`];
  return pick(texts, shape) ?? text;
}

function valueText(text: string, shape: number): string {
  const isName = /^\w+$/.test(text);
  const shapes = [text, `typeof ${text}`, `[${text}]`, isName ? `({ ${text} })` : `({ value: ${text} })`];
  return pick(shapes, shape) ?? text;
}

/** The uses of an item, joined to a list of expressions. */
export function printUses(
  printing: Printing,
  plans: readonly UsePlan[],
  place: { readonly rank: number; readonly eager: boolean },
): Expression {
  const uses: Expression[] = [];
  for (const plan of plans) {
    const use = printUse(printing, plan, place);
    const cost = uses.reduce((sum, other) => sum + other.cost, 0);
    uses.push(cost + use.cost > maxCost ? anyValue : use);
  }
  return {
    text: uses.map(({ text }) => text).join(", "),
    cost: uses.reduce((sum, other) => sum + other.cost, 1),
    throws: uses.some(({ throws }) => throws),
  };
}

/** `log.push("…")`, the log being reached by any of its exports. */
export function printLog(printing: Printing, plan: UsePlan, message: string): string {
  const log = chooseBinding(printing, plan, ({ rank }) => rank === logRank);
  return log === undefined ? `console.log("${message}")` : `${log.text}.push("${message}")`;
}

/** The name of a function of the registry. */
export function printRegistry(printing: Printing, plan: UsePlan, which: "register" | "dispatch"): string | undefined {
  const names = printing.layout.byRank.get(registryRank) ?? [];
  const wanted = which === "register" ? names[0] : names[1];
  return chooseBinding(printing, plan, ({ id }) => id === wanted?.id)?.text;
}
