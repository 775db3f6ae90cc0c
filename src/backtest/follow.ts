import type { Point, Rename } from "../core/backtest.ts";
import type { Candidate } from "../core/candidate.ts";
import type { RepoPath } from "../core/names.ts";
import type { Category } from "../core/policy.ts";
import { deletions, resurrectionDays } from "../core/resurrection.ts";
import { createLocator, findIn, type Locator, type Trace } from "./locate.ts";

/**
 * What became of something that was dead, between two points next to each other. `reached`: it is alive again though no
 * commit names it, since entries or settings have changed; nobody took it into use.
 */
export type Fate = {
  readonly kind: "deleted" | "taken-back" | "returned" | "reached";
  readonly from: string;
  readonly to: string;
  /** When the later of the two points is. */
  readonly date: string;
  /** Where it stood last, and where it stands now; the same when it did not move. */
  readonly was: RepoPath;
  readonly file: RepoPath;
};

/** One thing from the point at which it was first dead to what became of it. */
export type Lifeline = {
  readonly name: string;
  readonly file: RepoPath;
  readonly category: Category;
  readonly lines: number;
  /** When it was first found dead: commit and date. */
  readonly since: Pick<Point, "commit" | "date">;
  /** In the order of the history; empty while it lies there. Only what was deleted can return. */
  readonly fates: readonly Fate[];
};

/** What a policy would have asked for at one point: what of one candidate was not asked for before. */
export type Proposal = {
  /** The name of the variant of the policy. */
  readonly variant: string;
  readonly at: Pick<Point, "commit" | "date">;
  readonly candidate: Pick<Candidate, "id" | "category" | "subject" | "ageDays">;
  /** Indexes of lifelines. */
  readonly lives: readonly number[];
};

/** What followed from a history. */
export type Following = { readonly lives: readonly Lifeline[]; readonly proposals: readonly Proposal[] };

/** The candidates that a policy would propose at a point, by the name of each variant. */
export type Propose = (point: Point) => ReadonlyMap<string, readonly Candidate[]>;

/** Takes the points of a history in their order. */
export type Follower = {
  readonly step: (point: Point, renames: readonly Rename[]) => void;
  readonly result: () => Following;
};

type Tracked = Lifeline & { readonly trace: Trace; readonly proposed: ReadonlySet<string> };

/** Everything that was ever dead, and which of it lies there still (by place) or was deleted not long ago. */
type Books = {
  readonly lives: Tracked[];
  readonly open: Map<string, number>;
  readonly gone: Set<number>;
};

/**
 * Follows everything that is dead through the history of a repository. A thing that is taken back into use begins anew
 * if it dies again. Only the last two points are held in memory.
 */
export function createFollower(propose: Propose): Follower {
  const record: Books = { lives: [], open: new Map(), gone: new Set() };
  const proposals: Proposal[] = [];
  let before: Point | undefined;
  return {
    step: (point, renames) => {
      const locate = createLocator(point.inventory, { before: before?.inventory, renames });
      settleFates(record, { locate, from: before?.commit ?? point.commit, to: point.commit, date: point.date });
      for (const candidate of point.candidates.filter(isFollowed)) enter(record, point, candidate);
      for (const [variant, candidates] of propose(point))
        for (const candidate of candidates.filter(isFollowed)) {
          const lives = claim(record, variant, enter(record, point, candidate));
          if (lives.length > 0) proposals.push(propositionOf(point, candidate, { variant, lives }));
        }
      before = point;
    },
    result: () => ({
      lives: record.lives,
      proposals,
    }),
  };
}

/** The ledger looks for declarations and files only; in a manifest a name lasts as well. */
function isFollowed({ category }: Candidate): boolean {
  return deletions.has(category) || category === "unused-dependency";
}

/** The stretch of history up to a point, and where things are at its end. */
type Stretch = Pick<Fate, "from" | "to" | "date"> & { readonly locate: Locator };

/** Looks for everything that was dead at the point before, and for what was deleted not long ago. */
function settleFates({ lives, open, gone }: Books, { locate, ...stretch }: Stretch): void {
  const pending = [...open.values(), ...gone];
  open.clear();
  gone.clear();
  for (const index of pending) {
    const life = lives[index];
    if (life === undefined) continue;
    const found = locate(life.trace);
    const [deletion] = life.fates;
    const was = life.trace.file;
    if (found === undefined) {
      const fates = deletion === undefined ? [{ kind: "deleted" as const, was, file: was, ...stretch }] : life.fates;
      lives[index] = { ...life, fates };
      if (daysBetween(fates[0]?.date ?? stretch.date, stretch.date) <= resurrectionDays) gone.add(index);
    } else if (found.live) {
      const kind = deletion === undefined ? "taken-back" : "returned";
      lives[index] = { ...life, fates: [...life.fates, { kind, was, file: found.file, ...stretch }] };
    } else {
      // What comes back dead, as when its deletion is undone, was not deleted.
      lives[index] = { ...life, fates: [], trace: found };
      open.set(keyOf(found), index);
    }
  }
}

/** The lifelines of the members of a candidate; those that are dead for the first time begin here. */
function enter({ lives, open }: Books, point: Point, candidate: Candidate): readonly number[] {
  const { commit, date } = point;
  const indexes = candidate.members.flatMap((member) => {
    const found = findIn(point.inventory, member.file, member.name);
    if (found === undefined || found.live) return [];
    const known = open.get(keyOf(found));
    if (known !== undefined) return [known];
    const lines = member.endLine - member.line + 1;
    const place = { name: found.name, file: found.file, category: candidate.category, lines };
    const index = lives.push({ ...place, since: { commit, date }, fates: [], trace: found, proposed: new Set() }) - 1;
    open.set(keyOf(found), index);
    return [index];
  });
  return [...new Set(indexes)];
}

/** Of some lifelines those that a variant did not propose before; it has now. */
function claim({ lives }: Books, variant: string, indexes: readonly number[]): readonly number[] {
  return indexes.filter((index) => {
    const life = lives[index];
    if (life === undefined || life.proposed.has(variant)) return false;
    lives[index] = { ...life, proposed: new Set([...life.proposed, variant]) };
    return true;
  });
}

function propositionOf(
  { commit, date }: Point,
  { id, category, subject, ageDays }: Candidate,
  asked: Pick<Proposal, "variant" | "lives">,
): Proposal {
  return { ...asked, at: { commit, date }, candidate: { id, category, subject, ageDays } };
}

function keyOf({ file, name }: Pick<Trace, "file" | "name">): string {
  return `${file}#${name}`;
}

/** Whole days from one moment to a later one. */
export function daysBetween(earlier: string, later: string): number {
  return Math.floor((Date.parse(later) - Date.parse(earlier)) / 86_400_000);
}
