import fc from "fast-check";
import type { Candidate } from "../../src/core/candidate.ts";
import { candidateId } from "../../src/core/names.ts";
import { narrow, narrowerLayer } from "../../src/core/policy-layers.ts";
import {
  policySchema,
  repositoryPolicySchema,
  type Policy,
  type RepositoryPolicy,
} from "../../src/core/policy-schema.ts";
import { actions, assuranceLevels, exposures, weekdays, type AssuranceLevel } from "../../src/core/policy.ts";
import { scheduleHindrance } from "../../src/core/schedule-window.ts";
import { evaluate, evaluateLayer } from "../../src/decide/evaluate.ts";

const optional = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });
const some = (...values: readonly string[]) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });
const globs = some("src/**", "lib/*.ts", "**/*.test.ts", "**").chain((taken) =>
  fc.boolean().map((out) => (out ? [...taken, "!src/keep/**"] : taken)),
);
const owners = some("@acme/pears", "@acme/plums");
const symbols = some("fig", "on*", "Fruit.*");
const packages = some("@acme/*", "shop");
const action = fc.constantFrom(...actions);

const match = fc.record(
  {
    category: some("unused-export", "unused-file", "unused-import"),
    paths: globs,
    packages,
    owners,
    minAgeDays: fc.integer({ min: 0, max: 200 }),
    minDeadDays: fc.integer({ min: 0, max: 30 }),
    unusedInProductionDays: fc.integer({ min: 0, max: 90 }),
    maxExposure: fc.constantFrom(...exposures),
    minAssurance: fc.constantFrom(...assuranceLevels),
    maxLines: fc.integer({ min: 1, max: 100 }),
    maxFiles: fc.integer({ min: 1, max: 5 }),
  },
  { requiredKeys: [] },
);
const rules = fc
  .array(fc.record({ match, action }), { maxLength: 4 })
  .map((list) => list.map((rule, index) => ({ id: `rule-${index}`, ...rule })));
const protect = fc.record({ paths: globs, packages, symbols, owners }, { requiredKeys: [] });
const limit = fc.integer({ min: 1, max: 30 });
const limits = fc.record(
  {
    symbolsPerPullRequest: limit,
    filesPerPullRequest: limit,
    linesPerPullRequest: limit,
    pullRequestsPerNight: fc.nat(5),
    openPullRequests: fc.nat(9),
    minutesPerNight: limit,
    dollarsPerNight: limit,
  },
  { requiredKeys: [] },
);
const schedule = fc.record(
  {
    timeZone: fc.constantFrom("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"),
    days: some(...weekdays),
    window: fc.constantFrom("23:00-06:00", "01:00-05:30", "09:00-17:00"),
    freeze: fc.constant([{ from: "2026-11-20", to: "2026-11-25" }]),
  },
  { requiredKeys: [] },
);
const trust = fc.record(
  {
    demoteBelow: fc.double({ min: 0, max: 1, noNaN: true }),
    over: limit,
    promoteAbove: fc.double({ min: 0, max: 1, noNaN: true }),
    muteAfterRevert: fc.boolean(),
  },
  { requiredKeys: [] },
);
const body = { protect, limits, schedule, trust, ceiling: action, defaultAction: action, rules };

/** Any policy of an operator. */
const operators: fc.Arbitrary<Policy> = fc
  .record(body, { requiredKeys: [] })
  .map((file) => policySchema.parse({ version: 1, name: "operator", ...file }));

/** Any file of an organisation or a repository. */
const narrowers: fc.Arbitrary<RepositoryPolicy> = fc
  .record(body, { requiredKeys: [] })
  .map((file) => repositoryPolicySchema.parse({ version: 1, name: "narrower", ...file }));

const place = fc.record({
  file: fc.constantFrom("src/fig.ts", "src/keep/fig.ts", "lib/pear.ts", "src/fig.test.ts"),
  name: fc.constantFrom("fig", "onRipe", "Fruit.peel", "pear"),
});

const candidates: fc.Arbitrary<Candidate> = fc
  .record({
    category: fc.constantFrom("unused-export" as const, "unused-file" as const, "unused-import" as const),
    places: fc.array(place, { minLength: 1, maxLength: 3 }),
    exposure: fc.constantFrom(...exposures),
    assurance: fc.constantFrom("suspected" as const, "static" as const),
    ageDays: fc.option(fc.integer({ min: 0, max: 300 }), { nil: null }),
    owners: fc.constantFrom([], ["@acme/pears"], ["@ACME/plums"]),
    packages: optional(fc.constantFrom(["shop"], ["@acme/fig", "shop"])),
    deadDays: optional(fc.nat(40)),
    production: optional(
      fc.oneof(
        fc.nat(120).map((days) => ({ kind: "unused" as const, days, since: "2026-07-01", until: "2026-10-31" })),
        fc.constant({ kind: "ran" as const, times: 3, name: "fig", until: "2026-10-31" }),
        fc.constant({ kind: "unknown" as const, because: "nobody counts it" }),
      ),
    ),
    size: fc.record({ files: fc.integer({ min: 1, max: 6 }), linesRemoved: fc.nat(120), linesAdded: fc.nat(5) }),
  })
  .map(({ places, packages: known, deadDays, production, ...rest }): Candidate => {
    const members = places.map((one) => ({ ...one, line: 1, endLine: 2 }));
    const [subject = { file: "src/fig.ts", name: "fig", line: 1 }] = members;
    return {
      ...rest,
      id: candidateId(`${rest.category}:fig:0`),
      pass: rest.category,
      subject,
      members,
      evidence: [],
      ambiguous: [],
      edits: [],
      lastTouched: null,
      requires: [],
      ...(known === undefined ? {} : { packages: known }),
      ...(deadDays === undefined ? {} : { deadFor: { since: "2026-10-01", days: deadDays } }),
      ...(production === undefined ? {} : { production }),
    };
  });

/** An operator's policy, one of an organisation and one of a repository, with a candidate at some moment. */
export const triples = fc.record({
  operator: operators,
  organisation: narrowers,
  repository: narrowers,
  candidate: candidates,
  assurance: fc.constantFrom<AssuranceLevel>(...assuranceLevels),
  now: fc.date({ min: new Date("2026-11-01"), max: new Date("2026-12-31"), noInvalidDate: true }),
});

/** What is wider than a layer allows, in words; null when nothing is. */
export function findWidening(triple: typeof triples extends fc.Arbitrary<infer Value> ? Value : never): string | null {
  const { operator, candidate, assurance, now } = triple;
  const layers = [
    narrowerLayer("organisation", triple.organisation, {}),
    narrowerLayer("repository", triple.repository, {}),
  ];
  const policy = narrow(operator, layers);
  const facts = { candidate, assurance };
  const rank = (name: (typeof actions)[number]) => actions.indexOf(name);
  const together = evaluate(facts, policy).action;
  const alone = [operator, ...layers].map((layer) => evaluateLayer(facts, layer).action);
  if (rank(together) !== Math.min(...alone.map(rank))) return `${together} of ${alone.join(", ")}`;
  for (const [key, value] of Object.entries(policy.limits))
    for (const layer of [operator, ...layers]) {
      const own = Object.entries(layer.limits).find(([name]) => name === key)?.[1];
      if (own !== undefined && value > own) return `limits.${key} is ${value}, more than ${own}`;
    }
  if (policy.trust.demoteBelow < operator.trust.demoteBelow) return "trust.demoteBelow";
  if (operator.trust.muteAfterRevert && !policy.trust.muteAfterRevert) return "trust.muteAfterRevert";
  const closed = [operator, ...layers].some((one) => one.schedule && scheduleHindrance(one.schedule, now) !== null);
  const hindered = [policy, ...layers]
    .flatMap((one) => one.schedule ?? [])
    .some((one) => scheduleHindrance(one, now) !== null);
  return closed === hindered ? null : "schedule";
}
