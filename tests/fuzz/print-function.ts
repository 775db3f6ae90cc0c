import { registryRank, type Binding } from "./layout.ts";
import { digits, pick, type ItemPlan, type UsePlan } from "./plan.ts";
import { printInside } from "./print-inside.ts";
import { printType } from "./print-type-item.ts";
import { chooseBinding, printLog, printUse, printUses, type Expression, type Printing } from "./uses.ts";

/** A function's parameters and body, without its name. */
export type FunctionText = {
  readonly parameters: string;
  readonly body: readonly string[];
  /** Statements behind the return, which nothing reaches. */
  readonly behind: readonly string[];
  readonly result: string;
  readonly cost: number;
  readonly throws: boolean;
};

const noUse: UsePlan = { target: 0, access: 0, form: 0, shape: 0 };

/** Prints what a function does. Its uses run when it is called, so they may be of any module that is loaded by then. */
export function printFunction(printing: Printing, item: ItemPlan, rank: number): FunctionText {
  printing.scope.takeReferred();
  const label = `item ${rank}`;
  const uses = printUses(printing, item.uses, { rank, eager: false });
  const effect = printEffect(printing, item, { rank, label });
  const back = printBackward(printing, item, rank);
  const local = printLocal(printing, item, { rank, label });
  const isHigher = item.form % 5 === 4;
  const parameters = printParameters(printing, item, local.parameters);
  const inside = printInside(printing, item, rank);
  const body = [
    ...local.before,
    effect,
    ...inside.before,
    back === "" ? "" : `if (depth > 1) ${back}`,
    ...local.after,
  ].filter((line) => line !== "");
  const values = [uses.text, isHigher ? "run()" : "", local.value].filter((text) => text !== "");
  return {
    parameters,
    body,
    behind: inside.behind,
    result: values.length === 1 && item.uses.length < 2 ? (values[0] ?? "0") : `[${values.join(", ")}]`,
    cost: uses.cost + local.cost + inside.cost,
    throws: uses.throws || local.throws || inside.throws || effect.includes("throw"),
  };
}

/** The third kind of parameter is there for its type. */
function printParameters(printing: Printing, item: ItemPlan, shadows: readonly string[]): string {
  const isHigher = item.form % 5 === 4;
  if (printing.language !== "ts") return ["depth", ...(isHigher ? ["run = () => 0"] : []), ...shadows].join(", ");
  const type = printType(printing, item.uses[2] ?? item.uses[0], Infinity);
  const kind = item.effect % 2 === 0 ? [`kind?: ${type}`] : [];
  return ["depth?: number", ...(isHigher ? ["run: () => unknown = () => 0"] : []), ...shadows, ...kind].join(", ");
}

type Place = { readonly rank: number; readonly label: string };

function printEffect(printing: Printing, item: ItemPlan, { rank, label }: Place): string {
  const plan = item.uses[0] ?? noUse;
  switch (item.effect % 10) {
    case 5:
      return `console.log("${label}");`;
    case 6:
      return `${printLog(printing, plan, label)};`;
    case 7:
    case 8: {
      const variable = chooseBinding(printing, { ...plan, access: 0 }, (binding) =>
        isOwnVariable(printing, binding, rank),
      );
      const text = variable?.text;
      if (text === undefined) return "";
      return item.effect % 10 === 7 ? `${text} = "${label}";` : `for (${text} of ["${label}"]) {}`;
    }
    case 9:
      return `if (depth === 0) throw new Error("${label}");`;
    default:
      return "";
  }
}

/** Only the module that declares a variable may write it. */
function isOwnVariable({ scope }: Printing, binding: Binding, rank: number): boolean {
  return binding.type === "variable" && binding.module === scope.module && binding.rank < rank;
}

/** A call of a function of any rank, which makes cycles; no call in the program is deep enough to run it. */
function printBackward(printing: Printing, item: ItemPlan, rank: number): string {
  const plan = item.uses[1];
  if (plan === undefined || item.form % 3 !== 0) return "";
  const text = chooseBinding(
    printing,
    plan,
    ({ type, rank: other }) => type === "function" && other !== rank && other > registryRank,
  )?.text;
  return text === undefined ? "" : `${text}(depth - 1);`;
}

type LocalText = {
  readonly parameters: readonly string[];
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly value: string;
  readonly cost: number;
  readonly throws: boolean;
};

const nothing: LocalText = { parameters: [], before: [], after: [], value: "", cost: 0, throws: false };

/** Declarations inside the function: unused ones, used ones, and ones that shadow a name of the module. */
function printLocal(printing: Printing, item: ItemPlan, place: Place): LocalText {
  const [kind, , word] = digits(item.local);
  const plan = item.uses[2] ?? item.uses[0] ?? noUse;
  if (kind < 5) return nothing;
  if (kind >= 14) return printShadow(printing, kind, word, place.label);
  const use: Expression = printUse(printing, { ...plan, shape: plan.shape + 1 }, { rank: place.rank, eager: false });
  const measured = { cost: use.cost, throws: use.throws };
  const value = use.text;
  const texts: readonly (readonly string[])[] = [
    ["const idle = 1;"],
    [`const idle = () => ${value};`],
    [`const idle = ${value};`],
    [`const idle = 1, busy = ${value};`, `void busy;`],
    [`function idle() { return idle(${value}); }`],
    [`let idle = 0;`, `idle = ${value};`],
    [`const { idle = ${value} } = {};`],
    [`class Idle { static tag = ${value}; }`],
    [`try { void ${value}; } catch (error) { const idle = 2; throw error; }`],
  ];
  return { ...nothing, before: texts[kind - 5] ?? [], ...measured };
}

/** A name of the module stands for something else inside; whatever the function itself refers to is left alone. */
function printShadow(printing: Printing, kind: number, word: number, label: string): LocalText {
  const referred = printing.scope.takeReferred();
  const free = [...printing.scope.locals(), "String"].filter((name) => !referred.has(name));
  const name = pick(free, word);
  if (name === undefined) return nothing;
  const noisy = `() => { console.log("shadow of ${label}"); return 1; }`;
  switch (kind) {
    case 14:
      return { ...nothing, parameters: [`${name} = ${noisy}`], value: `${name}()` };
    case 15:
      return { ...nothing, before: [`const ${name} = ${noisy};`], value: `${name}()` };
    case 16:
      return {
        ...nothing,
        after: [`function ${name}() { console.log("shadow of ${label}"); return 1; }`],
        value: `${name}()`,
      };
    case 17:
      return { ...nothing, before: [`{ const ${name} = ${noisy}; ${name}(); }`] };
    case 18:
      return { ...nothing, before: [`for (const ${name} of [${noisy}]) ${name}();`] };
    default:
      return { ...nothing, before: [`{ const ${name} = 1; }`] };
  }
}
