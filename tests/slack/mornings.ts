import { nightId, repoKey } from "../../src/core/names.ts";
import type { NightResult, RepoResult } from "../../src/core/stage.ts";
import type { Morning } from "../../src/report/slack/morning.ts";
import { candidate, orchardNight } from "../report/orchard-night.ts";

const night = nightId("2026-11-23");
export const orchard = repoKey("fruit/orchard");

/** A morning at half past eight after some nights. */
export function morningOf(nights: readonly NightResult[], change: Partial<Morning> = {}): Morning {
  return {
    nights,
    atWork: null,
    trouble: [],
    standings: new Map(),
    recent: { kept: 0, reverted: 0 },
    knownAlarms: new Set(),
    owners: new Map(),
    now: new Date("2026-11-23T08:30:00Z"),
    timeZone: "UTC",
    since: null,
    isWeekly: false,
    reportsUrl: null,
    hasButtons: false,
    ...change,
  };
}

/** A night of one repository with a pull request for each name. */
export function nightOf(names: readonly string[], branch = "nightsweep/unused-export/src"): NightResult {
  const candidates = names.map((name, index) =>
    candidate(`fruit${index}`, { subject: { file: "src/fruit.ts", name, line: 1 } }),
  );
  const outcomes = candidates.map(({ id }, index) => ({
    kind: "opened" as const,
    branch: `${branch}-${index}`,
    url: `https://forge.example/pull/${index + 1}`,
    candidates: [id],
  }));
  const repo: RepoResult = {
    repo: orchard,
    location: "orchard",
    ms: {},
    stages: { find: { candidates }, publish: { forge: "github", outcomes } },
  };
  return { ...orchardNight, night, repos: [repo] };
}

const hostileNames = [
  "<!channel>",
  "<@U1|x> & <https://evil.example|fruit>",
  "`*~_",
  "&".repeat(4096),
  "\u202egnp\u202c",
];

/** Nights from nothing to the busiest, with how many messages each makes. */
export const nights: Readonly<Record<string, readonly [NightResult, messages: number]>> = {
  "an empty night": [nightOf([]), 0],
  "one pull request": [nightOf(["apple"]), 2],
  "200 pull requests": [nightOf(Array.from({ length: 200 }, (_, index) => `apple${index}`)), 26],
  "hostile names": [nightOf(hostileNames, "<!here>&".repeat(300)), 2],
};
