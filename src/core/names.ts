import { NightsweepError } from "./errors.ts";

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** A path inside a repository: relative to its top folder, with forward slashes. */
export type RepoPath = string;
/** One night: the local date on which its window opened, `2026-11-23`, with `.2`, `.3` for further runs that day. */
export type NightId = Branded<"NightId">;
/** A repository as a folder name, unique in one configuration: `honojs-hono`. */
export type RepoKey = Branded<"RepoKey">;
/** Names one candidate across nights: pass, symbol and a hash of its own text; unrelated edits do not change it. */
export type CandidateId = Branded<"CandidateId">;

/** Checks and brands the name of a night. */
export function nightId(text: string): NightId {
  if (!/^\d{4}-\d{2}-\d{2}(\.\d+)?$/.test(text))
    throw new NightsweepError("NOT_FOUND", `night "${text}"; nights look like 2026-11-23`);
  return text as NightId;
}

/** Makes the folder name of a repository from its path or address. */
export function repoKey(location: string): RepoKey {
  const withoutScheme = location.replace(/^[a-z+]+:\/\/[^/]+\//i, "").replace(/^[^@/]+@[^:/]+:/, "");
  const parts = withoutScheme
    .replace(/\.git\/?$/, "")
    .split(/[/\\:]+/)
    .filter((part) => part !== "" && part !== "." && part !== "..");
  const key = parts
    .slice(-2)
    .join("-")
    .replace(/[^\w.-]+/g, "-")
    .replace(/^[-.]+|[-.]+$/g, "")
    .toLowerCase();
  return (key === "" ? "repository" : key) as RepoKey;
}

/** Brands a candidate's id; only `passes/find.ts` and readers of records make them. */
export function candidateId(text: string): CandidateId {
  if (!/^[a-z-]+:[^\s]+$/.test(text)) throw new NightsweepError("NOT_FOUND", `candidate "${text}"`);
  return text as CandidateId;
}
