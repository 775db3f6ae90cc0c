import type { Fate, Following, Lifeline } from "./follow.ts";

/** The commit that did something, with when it came to the branch. */
export type Deed = { readonly commit: string; readonly date: string; readonly subject: string };

/** Finds the commit behind a fate; null when no single one shows itself. */
export type FindDeed = (fate: Fate, name: string) => Promise<Deed | null>;

/** What became of a symbol, and by which commit if that is known. */
export type DatedLifeline = Lifeline & { readonly by: Deed | null };

/** Dates what became of everything that was proposed by the commit that did it; else the later of the two points stands. */
export async function dateFates({ lives, proposals }: Following, find: FindDeed): Promise<readonly DatedLifeline[]> {
  const proposed = new Set(proposals.flatMap(({ lives: indexes }) => indexes));
  const dated: DatedLifeline[] = [];
  for (const [index, life] of lives.entries()) {
    const last = life.fates.at(-1);
    const by = last === undefined || !proposed.has(index) ? null : await find(last, life.name);
    const fates =
      last === undefined || !proposed.has(index) ? life.fates : [...life.fates.slice(0, -1), datedBy(last, by)];
    dated.push({ ...life, fates, by });
  }
  return dated;
}

/** What is used again is named by whoever uses it: without such a commit only the ways that lead to it are others. */
function datedBy(fate: Fate, by: Deed | null): Fate {
  if (by !== null) return { ...fate, date: by.date };
  return fate.kind === "taken-back" ? { ...fate, kind: "reached" } : fate;
}
