import { z } from "zod";
import { repositoryPolicySchema } from "./policy-schema.ts";
import { actions, assuranceLevels, categories, exposures, type Category } from "./policy.ts";

const isCategory = (name: string): name is Category => name in categories;
const count = z.int().nonnegative();

const given = z
  .strictObject({
    category: z.enum(Object.keys(categories).filter(isCategory)),
    file: z.string().min(1).default("src/fruit.ts"),
    name: z.string().min(1).default("fig"),
    ageDays: count.nullable().default(365),
    deadDays: count.optional().describe("Days since the nights have found it dead."),
    unusedInProductionDays: count.optional().describe("Days that production did not run it; left out: not known."),
    exposure: z.enum(exposures).default("internal"),
    assurance: z.enum(assuranceLevels).default("tested").describe("What the checks have shown."),
    packages: z.array(z.string()).optional(),
    owners: z.array(z.string()).default([]),
    lines: count.default(1),
    files: count.default(1),
  })
  .describe("A candidate as far as policies see it.");

/** A file of tests of a policy: candidates, and what must happen to each. */
export const policyTestSchema = z.strictObject({
  policy: z.string().min(1).describe("The policy file, relative to this one."),
  repository: repositoryPolicySchema.optional().describe("What a repository's own file says."),
  tests: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        given,
        expect: z.enum(actions),
        rule: z.string().min(1).optional().describe("The rule that must decide."),
      }),
    )
    .min(1),
});

type PolicyTestFile = z.output<typeof policyTestSchema>;
/** One candidate and what must happen to it. */
export type PolicyTest = PolicyTestFile["tests"][number];
