import type { ItemPlan, UsePlan } from "./plan.ts";
import { chooseBinding, printLog, printRegistry, printUse, printUses, type Printing } from "./uses.ts";

const noUse: UsePlan = { target: 0, access: 0, form: 0, shape: 0 };

/** A statement at module level: it runs when the module is loaded. */
export function printStatement(printing: Printing, item: ItemPlan, rank: number): readonly string[] {
  const label = `item ${rank}`;
  const plan = item.uses[0] ?? noUse;
  const eager = printUses(printing, item.uses, { rank, eager: true }).text;
  const texts: readonly (() => string)[] = [
    () => `console.log("${label}");`,
    () => `${printLog(printing, plan, label)};`,
    () => `console.log("${label}", [${eager}]);`,
    () => printRegistration(printing, item, rank),
    () => printAttachment(printing, item, rank),
    () => `for (const each of [1, 2]) console.log("${label}", each);`,
    () => `if (typeof [${eager}] === "object") {\n  console.log("${label}");\n}`,
    () => `void [${eager}];`,
    () => `[1, 2].forEach((each) => console.log("${label}", each));`,
    () => `(() => { const idle = 1; console.log("${label}"); })();`,
    () => `try {\n  void [${eager}];\n} catch (error) {\n  console.log("${label}", error.message);\n}`,
    () => `[${eager}];`,
  ];
  return [texts[item.form % texts.length]?.() ?? ""];
}

function printRegistration(printing: Printing, item: ItemPlan, rank: number): string {
  const plan = item.uses[0] ?? noUse;
  const register = printRegistry(printing, { ...plan, access: item.effect }, "register");
  const { text } = printUse(printing, plan, { rank, eager: false });
  return register === undefined ? `void 0;` : `${register}("item ${rank}", () => ${text});`;
}

/** A property that is set on a function or class of the same module. */
function printAttachment(printing: Printing, item: ItemPlan, rank: number): string {
  const plan = item.uses[0] ?? noUse;
  const isOwn = printing.layout.bindings.filter(
    ({ module, rank: other }) => module === printing.scope.module && other < rank,
  );
  const target = chooseBinding(
    printing,
    { ...plan, access: 0 },
    (binding) =>
      isOwn.includes(binding) && (binding.type === "function" || binding.type === "class") && binding.local !== null,
  )?.text;
  const { text } = printUses(printing, item.uses.slice(1), { rank, eager: true });
  return target === undefined ? "void 0;" : `${target}.label${rank} = [${text}];`;
}
