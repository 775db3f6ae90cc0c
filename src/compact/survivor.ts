import type { Heap } from "../mark/heap.ts";
import type { Copy } from "./copies.ts";
import { folderOf } from "../mark/paths.ts";
import type { RepoPath } from "../core/names.ts";
import type { Users } from "./users.ts";

/** A copy with what decides whether it is the one to stay. */
export type Standing = {
  readonly copy: Copy;
  readonly users: Users;
  readonly isExported: boolean;
  /** Others than its own package see it, or code that cannot be rewritten does: it has to stay. */
  readonly isFixed: boolean;
};

/** One rule for who stays: the higher the better, and the reason in words when it decides. */
type Rule = { readonly why: string; readonly score: (standing: Standing) => number };

const sharedPath =
  /(^|\/)(utils?|lib|libs|shared|common|helpers?|core|internals?|constants?|types?|hooks)(\/|\.[cm]?[jt]sx?$)/i;

const rules: readonly Rule[] = [
  { why: "others than its package see it", score: ({ isFixed }) => Number(isFixed) },
  { why: "it is exported already", score: ({ isExported }) => Number(isExported) },
  { why: "its file is there to be shared", score: ({ copy }) => Number(isShared(copy.module.file)) },
  { why: "most files import it", score: ({ users }) => users.importers.length },
  { why: "its file stands nearest to the top", score: ({ copy }) => -copy.module.file.split("/").length },
  { why: "its file is smallest", score: ({ copy }) => -copy.module.text.length },
];

/** Orders copies by who should stay, each with the rule that puts it before the next. */
export function rankSurvivors(
  standings: readonly Standing[],
): readonly { readonly standing: Standing; readonly why: string }[] {
  const ranked = standings.toSorted((one, other) => deciding(one, other)?.order ?? byPath(one, other));
  return ranked.map((standing, index) => {
    const next = ranked[index + 1];
    const why = next === undefined ? undefined : deciding(standing, next)?.why;
    return { standing, why: why ?? "its path comes first" };
  });
}

function deciding(one: Standing, other: Standing): { readonly order: number; readonly why: string } | undefined {
  for (const { why, score } of rules) {
    const order = score(other) - score(one);
    if (order !== 0) return { order, why };
  }
  return undefined;
}

function byPath(one: Standing, other: Standing): number {
  return one.copy.module.file < other.copy.module.file ? -1 : 1;
}

/** Whether the name of a file or folder says that others are to use what is in it. */
function isShared(file: RepoPath): boolean {
  return sharedPath.test(file);
}

/**
 * Whether a maintainer would let one file import from the other: the other is there to be shared, stands beside or above
 * it, or is imported there already. An import across two features couples what was apart.
 */
export function isNatural({ graph }: Heap, from: Copy, to: Copy): boolean {
  if (isShared(to.module.file)) return true;
  const [here, there] = [folderOf(from.module.file), folderOf(to.module.file)];
  if (here === there || here.startsWith(`${there}/`)) return true;
  return from.module.statements.some(({ specifier }) =>
    graph.exportIndex.targets(from.index, specifier).includes(to.index),
  );
}
