import { lineAt } from "../mark/module.ts";
import type { CodePrint } from "../mark/code-print.ts";
import { findCopies, type Copy } from "./copies.ts";
import { groundOf, type Ground } from "./ground.ts";
import type { Heap } from "../mark/heap.ts";
import { findObstacle, isTakenWhole } from "./obstacles.ts";
import { isNatural, rankSurvivors, type Standing } from "./survivor.ts";
import { findIdentityUse, isUsedInCode } from "./use-forms.ts";
import { isApart } from "./vetoes.ts";
import { findUsers, type Users } from "./users.ts";

/** Something that only a person can weigh, and where it stands. */
type Doubt = { readonly file: string; readonly line: number; readonly text: string };

/** Copies that go, and the one that everyone uses from then on. */
export type MergePlan = {
  readonly survivor: Standing;
  /** Why that one. */
  readonly because: string;
  readonly going: readonly Standing[];
  readonly doubts: readonly Doubt[];
};

/** No more copies of one thing are looked at; what is written that often is a pattern. */
const mostCopies = 20;

/** Fewer lines are not worth an import. */
const fewestLines = { function: 3, type: 3, constant: 1 } as const satisfies Record<CodePrint["kind"], number>;

/** What of one kind is written twice and can become one. */
export function planMerges(heap: Heap, kind: CodePrint["kind"]): readonly MergePlan[] {
  const ground = groundOf(heap);
  const groups = findCopies(heap, ground.meanings, kind).filter(
    (copies) => copies.length <= mostCopies && (kind !== "constant" || copies.every(isLong)),
  );
  const names = new Set(groups.flat().map(({ print }) => print.name));
  const usersOf = findUsers(heap.graph, ground.meanings, names);
  return groups.flatMap((copies) => {
    const standings = copies.map((copy) =>
      standingOf(copy, usersOf({ module: copy.index, name: copy.print.name }), heap),
    );
    const plan = choose(standings, ground);
    return plan === undefined || gainOf(plan) < fewestLines[kind] ? [] : [plan];
  });
}

/** Short values are often equal by accident. */
function isLong({ module, print }: Copy): boolean {
  return module.text.slice(print.span.start, print.span.end).includes("\n");
}

function standingOf(copy: Copy, users: Users, heap: Heap): Standing {
  const { module, print, index, node } = copy;
  const entries = module.exports.filter(({ source }) => source.kind === "local" && source.local === print.name);
  const isExported = entries.length > 0;
  const isRenamed = entries.some(({ name }) => name !== print.name);
  const isFixed =
    isRenamed ||
    users.isHidden ||
    users.passedOnBy.length > 0 ||
    heap.offers.has(node) ||
    (isExported && isTakenWhole(heap, index));
  return { copy, users, isExported: entries.some(({ name }) => name === print.name), isFixed };
}

/** The first of the ranked copies to which most of the others can be forwarded. */
function choose(standings: readonly Standing[], ground: Ground): MergePlan | undefined {
  const plans = rankSurvivors(standings).map(({ standing: survivor, why }): MergePlan => {
    const going = standings.filter((from) => from !== survivor && findObstacle(from, survivor, ground) === undefined);
    return { survivor, because: why, going, doubts: going.flatMap((from) => doubtsOf(from, survivor, ground)) };
  });
  return plans
    .filter(({ going }) => going.length > 0)
    .reduce<MergePlan | undefined>(
      (best, plan) => (best === undefined || plan.going.length > best.going.length ? plan : best),
      undefined,
    );
}

function doubtsOf(from: Standing, to: Standing, { heap }: Ground): readonly Doubt[] {
  const doubts: Doubt[] = [];
  const { copy } = from;
  const { module, print } = copy;
  const line = lineAt(module, print.span.start);
  if (!isNatural(heap, copy, to.copy))
    doubts.push({ file: module.file, line, text: `${to.copy.module.file} may not be meant to be imported here` });
  if (isApart(copy) || isApart(to.copy))
    doubts.push({ file: module.file, line, text: "versions and dialects change each by itself" });
  if (print.kind !== "function") return doubts;
  if (/^[A-Z]/.test(print.name) && /\.[cm]?[jt]sx$/.test(module.file))
    doubts.push({ file: module.file, line, text: "React tells components apart by which function they are" });
  const sites = [
    { module, name: print.name, own: print.span },
    ...from.users.importers.flatMap(({ index, binding }) => {
      const user = heap.graph.modules[index];
      return user === undefined ? [] : [{ module: user, name: binding.local, own: undefined }];
    }),
  ];
  for (const site of sites) {
    const at = findIdentityUse(site.module, site.name, site.own);
    if (at !== undefined)
      doubts.push({
        file: site.module.file,
        line: lineAt(site.module, at),
        text: `${site.name} is handed on there, where it may matter which of the two it is`,
      });
  }
  return doubts;
}

/** Lines that go, less the statements that import what stays. */
function gainOf({ going }: MergePlan): number {
  return going.reduce((sum, { copy: { module, print } }) => {
    const lines = lineAt(module, print.span.end - 1) - lineAt(module, print.span.start) + 1;
    return sum + lines - (isUsedInCode(module, print.name, print.span) ? 1 : 0);
  }, 0);
}
