import { digits, type ItemPlan, type UsePlan } from "./plan.ts";
import { printUse, type Printing } from "./uses.ts";

/** Code in a function that is never reached, or that a constant decides about, and variables that are only written. */
export type InsideText = {
  readonly before: readonly string[];
  /** What stands behind the return. */
  readonly behind: readonly string[];
  readonly cost: number;
  readonly throws: boolean;
};

const noUse: UsePlan = { target: 0, access: 0, form: 0, shape: 0 };

/** Prints it; one use is never evaluated and holds its name all the same, the other one is. */
export function printInside(printing: Printing, item: ItemPlan, rank: number): InsideText {
  const [kind, at] = digits(item.inside);
  if (kind < 8) return { before: [], behind: [], cost: 0, throws: false };
  const plan = item.uses[at % Math.max(1, item.uses.length)] ?? noUse;
  const never = printUse(printing, { ...plan, target: plan.target + 1 + at }, { rank, eager: false }).text;
  const use = printUse(printing, { ...plan, shape: plan.shape + 1 }, { rank, eager: false });
  const live = use.text;
  const texts: readonly (readonly string[])[] = [
    [`if (false) { void ${never}; }`],
    [`if (true) { void ${live}; } else { void ${never}; }`],
    [`const still = false;`, `if (still) { void ${never}; } else { const fresh = ${live}; void fresh; }`],
    [],
    [`let written = 0;`, `written += 1;`, `written = ${live};`, `written++;`],
    [`const choose = (one, other) => other;`, `void choose(1, ${live});`, `void choose(() => ${never}, 2);`],
    [`while (false) { void ${never}; }`, `void ${live};`],
    [`void (false ? ${never} : ${live});`],
    [`const still = true;`, `if (still && depth === 7) { void ${live}; } else if (!still) { void ${never}; }`],
    [`[1].forEach((one, other) => { void ${live}; });`],
    [`{ const still = null; if (!still) { const depth = 1; void [depth, ${live}]; } else void ${never}; }`],
    [`const table = {};`, `void (table || ${never}, table && ${live});`, `true || ${never};`],
  ];
  const before = texts[kind - 8] ?? [];
  const behind = kind === 11 ? [`void ${never};`, `const after = ${never};`, `void after;`] : [];
  return { before, behind, cost: use.cost, throws: use.throws };
}
