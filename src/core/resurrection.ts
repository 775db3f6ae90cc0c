import { categoryOf, type LedgerEntry, type RememberedMember } from "./ledger.ts";
import type { CandidateId, RepoPath } from "./names.ts";
import type { Category } from "./policy.ts";

/** A declaration or file of tonight's tree. */
export type TonightsDeclaration = { readonly file: RepoPath; readonly name: string; readonly hash: string };

/** Something that was merged away and is there again. */
export type Resurrection = {
  readonly entry: LedgerEntry;
  readonly member: RememberedMember;
  readonly found: TonightsDeclaration;
  /** `same-text`: word for word; `same-name`: in its old file, or in its package where no other had that name. */
  readonly how: "same-text" | "same-name";
};

/** The categories in which declarations or files go: their names last, so that it can be said later what became of them. */
export const deletions: ReadonlySet<string> = new Set<Category>([
  "unused-file",
  "unused-export",
  "unused-type",
  "unused-local",
  "unused-class-member",
  "unused-enum-member",
  "unused-property",
  "orphan-test",
]);

/** Code that comes back later than this was written anew, for a new reason. */
export const resurrectionDays = 90;

/**
 * Finds what was deleted by a merged pull request of ours within 90 days and is declared again: the same name with the
 * same text anywhere, or the same name in the same file or package. It does not see what comes back under another name.
 */
export function findResurrections(
  entries: readonly LedgerEntry[],
  tonight: {
    readonly declarations: readonly TonightsDeclaration[];
    readonly packageOf: (file: RepoPath) => string;
    readonly now: string;
  },
): readonly Resurrection[] {
  const recent = entries.filter((entry) => mayReturn(entry, tonight.now));
  if (recent.length === 0) return [];
  const byName = Map.groupBy(tonight.declarations, ({ name }) => name);
  return recent.flatMap((entry): readonly Resurrection[] => {
    for (const member of entry.members) {
      const namesakes = byName.get(member.name) ?? [];
      const same = namesakes.find(
        ({ hash, file }) => hash === member.hash && (file === member.file || !member.isShared),
      );
      if (same !== undefined) return [{ entry, member, found: same, how: "same-text" }];
      const near = namesakes.find(({ file }) => isNear(file, member, tonight.packageOf));
      if (near !== undefined) return [{ entry, member, found: near, how: "same-name" }];
    }
    return [];
  });
}

/** One resurrection as the record of the night carries it. */
export type RecordedResurrection = {
  /** What was deleted. */
  readonly id: CandidateId;
  readonly url: string | null;
  /** The rule that proposed it. */
  readonly rule: string | null;
  /** What is there again, and where. */
  readonly found: { readonly file: RepoPath; readonly name: string };
  readonly because: string;
};

/** The plain form of a resurrection, with the reason in words. */
export function recordOf({ entry, member, found, how }: Resurrection): RecordedResurrection {
  const place = found.file === member.file ? found.file : `${found.file}, before in ${member.file}`;
  return {
    id: entry.id,
    url: entry.url,
    rule: entry.rule,
    found: { file: found.file, name: found.name },
    because: `${member.name} is declared again in ${place}${how === "same-text" ? ", word for word" : ""}`,
  };
}

/** Whether anything was merged lately, so that tonight's declarations are worth a look. */
export function mayResurrect(entries: readonly LedgerEntry[], now: string): boolean {
  return entries.some((entry) => mayReturn(entry, now));
}

function mayReturn({ id, state, mergedAt }: LedgerEntry, now: string): boolean {
  if (state !== "merged" || mergedAt === null || !deletions.has(categoryOf(id))) return false;
  return Date.parse(now) - Date.parse(mergedAt) <= resurrectionDays * 86_400_000;
}

/** A file that has its name from its folder's purpose, such as `index.ts`, comes back only at its own place. */
function isNear(file: RepoPath, member: RememberedMember, packageOf: (file: RepoPath) => string): boolean {
  if (file === member.file) return true;
  return !member.isShared && packageOf(file) === packageOf(member.file);
}
