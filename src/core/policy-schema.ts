import { z } from "zod";
import { grantsSchema } from "./grants.ts";
import { compileGlobs } from "./globs.ts";
import { actions, assuranceLevels, categories, exposures, type Category } from "./policy.ts";
import { scheduleSchema } from "./schedule-schema.ts";

const globs = z
  .array(z.string().min(1))
  .min(1)
  .superRefine((list, context) => {
    for (const [index, glob] of list.entries()) {
      const problem = problemOfGlob(glob);
      if (problem !== null) context.addIssue({ code: "custom", path: [index], message: problem });
    }
    if (list.every((glob) => glob.startsWith("!")))
      context.addIssue({
        code: "custom",
        path: [0],
        message: `"${list[0] ?? ""}" only takes out; name what to take in`,
      });
  });

function problemOfGlob(glob: string): string | null {
  const bare = glob.replace(/^!/, "");
  if (bare.includes("\\")) return `"${glob}" has a backslash; paths have forward slashes`;
  if (/^\.{0,2}\//.test(bare) || /^[a-z]:/i.test(bare))
    return `"${glob}" must be relative to the top of the repository`;
  if (["[]", "{}", "()"].some(([open = "", close = ""]) => countOf(bare, open) !== countOf(bare, close)))
    return `"${glob}" has a bracket without its other half`;
  return isGlob(glob) ? null : `"${glob}" is no glob`;
}

function isGlob(glob: string): boolean {
  try {
    compileGlobs([glob]);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

function countOf(text: string, character: string): number {
  return text.split(character).length - 1;
}

const owners = z.array(z.string().min(1)).min(1);
const days = z.int().nonnegative();
const count = z.int().positive();
const isCategory = (name: string): name is Category => name in categories;
const category = z.enum(Object.keys(categories).filter(isCategory));
const action = z.enum(actions);

const match = z
  .strictObject({
    category: z.array(category).min(1).optional().describe("It is one of these categories."),
    paths: globs
      .optional()
      .describe("Its files match one of these globs; a glob that begins with `!` takes files out again."),
    packages: globs.optional().describe("Its packages, by the name in their package.json, match one of these globs."),
    owners: owners
      .optional()
      .describe("It belongs to one of these by CODEOWNERS, such as `@acme/payments`; what nobody owns matches none."),
    minAgeDays: days.optional().describe("Nobody touched it for this many days; unknown age is too young."),
    minDeadDays: days
      .optional()
      .describe("Each night has found it dead for this many days, by the ledger; a move does not interrupt that."),
    unusedInProductionDays: days
      .optional()
      .describe(
        "Production did not run it for this many days, by the data of `repositories[].production`; what the data does not say counts as used.",
      ),
    maxExposure: z
      .enum(exposures)
      .optional()
      .describe("It can be seen no further than this: its file, its package, its workspace, the world."),
    minAssurance: z
      .enum(assuranceLevels)
      .optional()
      .describe("How sure it must be. Above `static`, the repository's own checks decide it during the night."),
    canaryNoticed: z
      .boolean()
      .optional()
      .describe(
        "`true`: the tests noticed when a live function beside it was broken on purpose. `false`: they did not, or there was nothing to break or no time to. Decided during the night.",
      ),
    maxLines: count.optional().describe("Lines removed and added by it alone."),
    maxFiles: count.optional().describe("Files changed by it alone."),
  })
  .describe("What a rule is about: all that is named must be true of a candidate.");

const rule = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, "expected small letters, digits and hyphens")
    .describe("Names the rule in reports: small letters, digits and hyphens."),
  because: z.string().min(1).optional().describe("Why the rule is there: decisions and pull requests say it."),
  match: match.default({}),
  action: action.describe("What happens to a candidate that matches."),
});

/** Each limit with what it is when the operator says nothing. */
const limits = {
  symbolsPerPullRequest: count.describe("Declarations, files and dependencies in one pull request."),
  filesPerPullRequest: count.describe("Files changed by one pull request."),
  linesPerPullRequest: count.describe("Lines removed and added by one pull request."),
  pullRequestsPerNight: z.int().nonnegative().describe("New pull requests in one night."),
  openPullRequests: z.int().nonnegative().describe("Pull requests of ours that may be open at once."),
  minutesPerNight: z.number().positive().describe("Minutes that one repository may spend on checks in a night."),
  dollarsPerNight: z
    .number()
    .nonnegative()
    .describe("US dollars that the model may cost in one night; without a model nothing is spent."),
};

const limitsWithDefaults = {
  symbolsPerPullRequest: limits.symbolsPerPullRequest.default(5),
  filesPerPullRequest: limits.filesPerPullRequest.default(10),
  linesPerPullRequest: limits.linesPerPullRequest.default(200),
  pullRequestsPerNight: limits.pullRequestsPerNight.default(3),
  openPullRequests: limits.openPullRequests.default(5),
  minutesPerNight: limits.minutesPerNight.default(120),
  dollarsPerNight: limits.dollarsPerNight.default(1),
};

const limitsHelp = "How much may be asked of people. One candidate that is larger is a pull request by itself.";

const protect = z
  .strictObject({
    paths: globs.optional().describe("Files that no change may touch."),
    packages: globs.optional().describe("Packages, by name, in which nothing goes."),
    symbols: globs
      .optional()
      .describe("Names of declarations and members, as globs: `handler`, `on*Request`, `PriceList.*`."),
    owners: owners.optional().describe("Owners by CODEOWNERS, such as `@acme/payments`: nothing of theirs goes."),
  })
  .describe("What is left alone whatever the rules say.");

const share = z.number().min(0).max(1);
const trust = {
  demoteBelow: share.describe("With a smaller share of merged pull requests the daemon slows down by itself."),
  over: count.describe("How many of the last pull requests that ended count for it."),
  promoteAbove: share.describe(
    "With this share, and nothing taken back, more autonomy is suggested; a person confirms it.",
  ),
  muteAfterRevert: z.boolean().describe("After a revert its rule rests in that folder for 30 days."),
};

const trustWithDefaults = {
  demoteBelow: trust.demoteBelow.default(0.5),
  over: trust.over.default(10),
  promoteAbove: trust.promoteAbove.default(0.8),
  muteAfterRevert: trust.muteAfterRevert.default(true),
};

const trustHelp = "How the daemon treats itself by what became of its pull requests.";

/** A name, a path of names, or a call of one with literals. */
const flagRead = z
  .string()
  .regex(
    /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*|\[(?:"[^"]*"|'[^']*')\])*(?:\((?:[^()]*)\))?$/,
    'expected an expression such as CHECKOUT, flags.checkout, env.CHECKOUT or isEnabled("checkout")',
  );

const flag = z.strictObject({
  name: z.string().min(1).describe("Name of the flag in reports."),
  value: z
    .union([z.boolean(), z.string(), z.number()])
    .describe('Its final value, as the code reads it: `true`, `"on"`.'),
  reads: z
    .array(flagRead)
    .min(1)
    .optional()
    .describe(
      'Expressions that read it: `CHECKOUT`, `flags.checkout`, `env.CHECKOUT`, `isEnabled("checkout")`; its name when left out.',
    ),
});

const sendCode = z
  .boolean()
  .describe(
    "Whether the model of the configuration may be shown code, history and issues; secrets in them are hidden before. Each layer can forbid it.",
  );
const modelHelp = "What a model may know; it can only hold back what the rules let through.";

const rules = z
  .array(rule)
  .superRefine((list, context) => {
    for (const [index, { id }] of list.entries())
      if (list.findIndex((other) => other.id === id) !== index)
        context.addIssue({ code: "custom", path: [index, "id"], message: `"${id}" names another rule already` });
  })
  .describe("Tried from the top; the first that matches decides.");

const flags = z
  .array(flag)
  .superRefine((list, context) => {
    for (const [index, { name }] of list.entries())
      if (list.findIndex((other) => other.name === name) !== index)
        context.addIssue({ code: "custom", path: [index, "name"], message: `"${name}" is named already` });
  })
  .describe("Flags that have come to their end: each read counts as its final value, and the side not taken is dead.");

const ceiling = action.describe("The most that may happen, whatever a rule says.");
const defaultAction = action.describe("What happens to a candidate that no rule matches.");

const head = {
  $schema: z.string().optional().describe("Where an editor finds this schema."),
  version: z.literal(1).describe("Version of the policy format."),
  name: z.string().min(1).describe("Name of the policy in reports."),
  description: z.string().min(1).optional().describe("Whom the policy is for."),
};

/** A policy with its defaults filled in, once what it extends is part of it. Unknown keys are refused. */
export const policySchema = z.strictObject({
  ...head,
  protect: protect.prefault({}),
  limits: z.strictObject(limitsWithDefaults).describe(limitsHelp).prefault({}),
  schedule: scheduleSchema.optional(),
  trust: z.strictObject(trustWithDefaults).describe(trustHelp).prefault({}),
  ceiling: ceiling.default("propose"),
  defaultAction: defaultAction.default("report"),
  rules: rules.default([]),
  flags: flags.default([]),
  model: z
    .strictObject({ sendCode: sendCode.default(false) })
    .describe(modelHelp)
    .prefault({}),
});

/** A repository's own file: it can only narrow, so what it leaves out asks for nothing. */
export const repositoryPolicySchema = z.strictObject({
  ...head,
  name: head.name.default("repository"),
  protect: protect.optional(),
  limits: z.strictObject(limits).partial().describe(limitsHelp).optional(),
  schedule: scheduleSchema.optional(),
  trust: z.strictObject(trust).partial().describe(trustHelp).optional(),
  ceiling: ceiling.optional(),
  defaultAction: defaultAction.optional(),
  rules: rules.optional(),
  model: z.strictObject({ sendCode }).partial().describe(modelHelp).optional(),
  asks: grantsSchema
    .optional()
    .describe("What its code wants beyond the sandbox; only the operator can give it, in `repositories[].grants`."),
});

/** A policy file of the operator or the organisation as it is written: it may stand on others. */
export const policyFileSchema = repositoryPolicySchema.omit({ asks: true }).extend({
  name: head.name,
  extends: z
    .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
    .optional()
    .describe(
      "Policies that this one begins with: files beside it, or `conservative`, `standard`, `aggressive`. Its own values win, its rules come first, and what it protects is added.",
    ),
  flags: flags.optional(),
});

/** A policy with its defaults filled in. */
export type Policy = z.output<typeof policySchema>;
/** A file of the operator or the organisation, and one of a repository, as they are written. */
export type PolicyFile = z.output<typeof policyFileSchema>;
export type RepositoryPolicy = z.output<typeof repositoryPolicySchema>;
/** One rule of a policy. */
export type PolicyRule = Policy["rules"][number];
/** A flag that has come to its end. */
export type PolicyFlag = Policy["flags"][number];
/** How much may be asked of people. */
export type PolicyLimits = Policy["limits"];
/** When something may be proposed. */
export type PolicySchedule = NonNullable<Policy["schedule"]>;
/** How the daemon treats itself. */
export type PolicyTrust = Policy["trust"];

/** The schema of policy files for editors, as `policies/policy.schema.json` holds it. */
export function policyJsonSchema(): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(policyFileSchema, { io: "input" });
}

/** The same with every default, for the documentation. */
export function policyKeysSchema(): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(policySchema, { io: "input" });
}

/** The schema of a repository's own file, as `policies/repository.schema.json` holds it. */
export function repositoryJsonSchema(): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(repositoryPolicySchema, { io: "input" });
}
