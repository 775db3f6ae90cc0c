import type { Candidate } from "./candidate.ts";
import { compileGlobs } from "./globs.ts";
import type { RepoPath } from "./names.ts";

/** A function that production had loaded, and how often it ran. */
export type SeenFunction = {
  /** Its own name; null where it has none. */
  readonly name: string | null;
  /** Its first line where the data says it, from 1. */
  readonly line: number | null;
  readonly ran: number;
};

/** What production ran between two dates. */
export type Production = {
  readonly since: string;
  readonly until: string;
  /** Code that all of the data stands for: a file there that it does not name was never loaded. */
  readonly covers: readonly string[];
  readonly files: ReadonlyMap<RepoPath, readonly SeenFunction[]>;
};

/** What production says of a candidate. */
export type Observation =
  | { readonly kind: "unused"; readonly days: number; readonly since: string; readonly until: string }
  | { readonly kind: "ran"; readonly times: number; readonly name: string; readonly until: string }
  | { readonly kind: "unknown"; readonly because: string };

/** What ended longer ago says nothing of how production is used now. */
const freshDays = 7;

/**
 * What production says of a candidate: that some of it ran, that none of its functions did since the data begins or the
 * code was last touched, or nothing. Types and values have no counter, so they say nothing by themselves; lines are only
 * believed in a file that nobody touched since the data begins.
 */
export function observe(
  { members, lastTouched }: Pick<Candidate, "members" | "lastTouched">,
  production: Production,
  context: { readonly now: Date; readonly isUnchanged: (file: RepoPath) => boolean },
): Observation {
  const { since, until } = production;
  const answers = members.map((member) => askMember(member, production, context.isUnchanged));
  const ran = answers.find((answer) => answer.kind === "ran");
  if (ran !== undefined) return { ...ran, until };
  if (daysBetween(until, context.now.toISOString()) > freshDays)
    return { kind: "unknown", because: `what is known of production ends on ${until}` };
  if (!answers.some(({ kind }) => kind === "unused")) {
    const unknown = answers.find((answer) => answer.kind === "unknown");
    return unknown ?? { kind: "unknown", because: "nothing in production counts it" };
  }
  if (lastTouched === null) return { kind: "unknown", because: "nobody knows since when production has it" };
  const from = [since, lastTouched.date.slice(0, 10)].toSorted().at(-1) ?? since;
  return { kind: "unused", days: Math.max(0, daysBetween(from, until)), since: from, until };
}

type Answer =
  | { readonly kind: "ran"; readonly times: number; readonly name: string }
  | { readonly kind: "unused" }
  | { readonly kind: "unknown"; readonly because: string };

function askMember(
  { file, name, line, endLine }: Candidate["members"][number],
  { files, covers }: Production,
  isUnchanged: (file: RepoPath) => boolean,
): Answer {
  const functions = files.get(file);
  if (functions === undefined) {
    if (covers.length > 0 && compileGlobs(covers)(file)) return { kind: "unused" };
    return { kind: "unknown", because: `what is known of production does not name ${file}` };
  }
  const isFile = file === name || file.endsWith(`/${name}`);
  const ownName = isFile ? name : name.slice(name.lastIndexOf(".") + 1);
  const hasLines = isUnchanged(file);
  const own = functions.filter(
    (one) =>
      isFile || one.name === ownName || (hasLines && one.line !== null && one.line >= line && one.line <= endLine),
  );
  const ran = own.find((one) => one.ran > 0);
  if (ran !== undefined) return { kind: "ran", times: ran.ran, name: ran.name ?? ownName };
  return own.length > 0
    ? { kind: "unused" }
    : { kind: "unknown", because: `production counts nothing that is known as ${name} in ${file}` };
}

function daysBetween(earlier: string, later: string): number {
  return Math.floor((Date.parse(later.slice(0, 10)) - Date.parse(earlier.slice(0, 10))) / 86_400_000);
}
