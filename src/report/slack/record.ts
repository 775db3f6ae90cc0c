import { counted } from "../../core/markdown.ts";
import type { RepoStanding } from "../../core/standing.ts";
import { escape, link } from "./blocks.ts";
import { daysSince, type Morning } from "./morning.ts";

/** So many that wait are named, the oldest first. */
const mostNamed = 5;

type Known = RepoStanding["pullRequests"][number] & { readonly repo: string };

function allOf({ standings }: Morning): readonly Known[] {
  return [...standings].flatMap(([repo, { pullRequests }]) => pullRequests.map((one) => ({ ...one, repo })));
}

/** Pull requests of earlier nights that are still open, the oldest first. */
export function waitingOf(morning: Morning): readonly Known[] {
  const fresh = new Set<string>(morning.nights.map(({ night }) => night));
  return allOf(morning)
    .filter(({ state, night }) => state === "open" && !fresh.has(night))
    .toSorted((a, b) => (a.night < b.night ? -1 : 1));
}

/** Who waits for an answer, and for how long. */
export function waitingLine(morning: Morning): string {
  const waiting = waitingOf(morning);
  if (waiting.length === 0) return "";
  const named = waiting
    .slice(0, mostNamed)
    .map((one) => `${nameOf(one)} for ${counted(daysSince(morning, one.night), "day")}`);
  const rest = waiting.length - named.length;
  return `Still waiting: ${named.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}.`;
}

/** What was merged or closed since the last digest. */
export function endedLine(morning: Morning): string {
  const { since } = morning;
  if (since === null) return "";
  const ended = allOf(morning).filter(({ endedAt }) => endedAt !== null && endedAt > since);
  const said = (["merged", "closed"] as const).flatMap((state) => {
    const those = ended.filter((one) => one.state === state);
    if (those.length === 0) return [];
    const rest = those.length - mostNamed;
    return `${state} ${those.slice(0, mostNamed).map(nameOf).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
  });
  return said.length === 0 ? "" : `Since the last digest: ${said.join("; ")}.`;
}

/** What people made of the last month. */
export function recordLine(morning: Morning): string {
  const all = allOf(morning);
  const within = (then: string | null) => then !== null && daysSince(morning, then) <= 30;
  const opened = all.filter(({ night }) => within(night)).length;
  const ended = (state: string) => all.filter((one) => one.state === state && within(one.endedAt ?? one.night)).length;
  const { kept, reverted } = morning.recent;
  const counts = [opened, ended("merged"), ended("closed"), kept, reverted];
  if (counts.every((count) => count === 0)) return "";
  const [first = 0, merged = 0, closed = 0] = counts;
  return `Last 30 days: ${counted(first, "pull request")} opened, ${merged} merged, ${closed} closed; ${counted(kept, "candidate")} kept, ${reverted} taken back.`;
}

function nameOf({ repo, number, url }: Known): string {
  return link(url, escape(`${repo} #${number}`));
}
