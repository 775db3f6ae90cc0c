import { z } from "zod";
import { grantsSchema } from "./grants.ts";
import { modelConfigSchema } from "./model-config.ts";
import { productionSchema } from "./production-schema.ts";
import { retentionSchema } from "./retention-schema.ts";
import { nightScheduleSchema } from "./schedule-schema.ts";
import { slackSchema } from "./slack-config.ts";

const command = z
  .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
  .describe("A script of the repository's package.json by name, or a command as an array of words.");

const checks = z
  .strictObject({
    prepare: command
      .optional()
      .describe(
        "What has to run before the checks of each tree, such as a code generator. It may write into packages.",
      ),
    typecheck: z
      .union([command, z.literal(false)])
      .optional()
      .describe("Type check; false: there is none."),
    test: z
      .union([command, z.literal(false)])
      .optional()
      .describe("Tests; false: there are none."),
    build: z
      .union([command, z.literal(false)])
      .optional()
      .describe("Build; false: leave it out."),
  })
  .describe("Checks that prove a sweep. What is left out is detected from the repository's own scripts.");

const verifyPlace = z
  .union([z.enum(["here", "ci"]), z.strictObject({ ci: z.array(z.string().min(1)).min(1) })])
  .describe(
    'Where its tests run. `here` (the default): on this machine. `ci`: they cannot, since they need services, so a pull request stays a draft and the checks of GitHub are the test run; `{ ci: ["test"] }` names those that must be green, else all that the base branch requires must, and all that run.',
  );

const repository = z.strictObject({
  location: z
    .string()
    .min(1)
    .describe("A URL, or a path relative to the configuration; `example:orchard` is the bundled example."),
  name: z.string().min(1).optional().describe("Name in reports; the default is made from the location."),
  github: z
    .string()
    .regex(/^[\w.-]+\/[\w.-]+$/, 'expected "owner/name"')
    .optional()
    .describe("owner/name on GitHub, when the location does not say it."),
  fork: z.boolean().optional().describe("Sweep it although it is a fork."),
  checks: checks.optional(),
  production: productionSchema.optional(),
  verify: verifyPlace.optional(),
  grants: grantsSchema
    .optional()
    .describe("What its code gets beyond the sandbox; only the operator can say it, and reports show it."),
});

const forge = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z
      .literal("local")
      .describe("`local`: pull requests are branches of a bare repository, with a patch and a description each."),
    directory: z.string().min(1).optional().describe("Where to; the default is `forge` in the state directory."),
  }),
  z.strictObject({
    kind: z.literal("github").describe("`github`: pull requests on github.com or a GitHub Enterprise Server."),
    baseUrl: z
      .url()
      .default("https://api.github.com")
      .describe("REST endpoint; for GitHub Enterprise Server https://HOST/api/v3."),
    tokenEnv: z
      .string()
      .min(1)
      .default("GITHUB_TOKEN")
      .describe("Name of the environment variable that holds a fine-grained token, where there is no `app`."),
    readTokenEnv: z
      .string()
      .min(1)
      .optional()
      .describe(
        "Name of the one that holds a token which only reads, for cloning and looking; the default is the other.",
      ),
    app: z
      .strictObject({
        id: z.int().positive().describe("The id of the GitHub App, as its settings show it."),
        privateKeyEnv: z
          .string()
          .min(1)
          .default("NIGHTSWEEP_PRIVATE_KEY")
          .describe("Name of the environment variable that holds the app's private key (PEM)."),
        privateKeyFile: z.string().min(1).optional().describe("A file that holds it instead."),
      })
      .optional()
      .describe("The GitHub App to act as. It gets a token for each repository with the least permissions, and signs."),
    secondsBetweenWrites: z
      .number()
      .min(0)
      .default(1)
      .describe("GitHub asks for a second between two writes; what sends mail waits three times as long."),
    requestSeconds: z.number().positive().default(30).describe("A request that takes longer is given up."),
  }),
]);

/** Everything an operator can set in `daemon.config.ts`. Unknown fields are refused. */
export const configSchema = z.strictObject({
  repositories: z
    .array(z.union([z.string().min(1), repository]))
    .min(1)
    .describe("What to sweep: paths, URLs, or objects with more to say."),
  schedule: nightScheduleSchema.prefault({}).describe("When the daemon works."),
  forge: forge.default({ kind: "local" }).describe("Where pull requests go."),
  stateDirectory: z
    .string()
    .min(1)
    .default(".nightsweep")
    .describe("Mirrors, caches, toolchains and the ledger; ignored by git."),
  databaseUrl: z
    .string()
    .regex(/^postgres(?:ql)?:\/\//, 'expected "postgres://user:password@host/database"')
    .optional()
    .describe(
      "Keep the store on a server of Postgres instead of in the state directory, for nights over several machines: what `DATABASE_URL` holds.",
    ),
  repositoriesPerInstallation: z
    .int()
    .positive()
    .default(4)
    .describe(
      "Repositories of one owner that all workers of a fleet together sweep at once: they share limits of GitHub.",
    ),
  reportsDirectory: z.string().min(1).default("reports").describe("Records and reports, one folder a night."),
  policy: z.string().min(1).default("policies/standard.yaml").describe("The operator's policy file."),
  organisationPolicy: z
    .string()
    .min(1)
    .optional()
    .describe("A policy file that narrows the operator's for all repositories, such as one that another team keeps."),
  installHosts: z
    .array(z.string().regex(/^[\w.-]+:\d+$/, 'expected "name:port"'))
    .default([])
    .describe("Hosts, as `name:port`, that installs may reach besides the registry: for tarballs that lie elsewhere."),
  sandbox: z
    .enum(["required", "available", "none"])
    .default("required")
    .describe(
      "`required`: the code of repositories runs in a sandbox, and not at all where none works. `available`: in the best one that works, without one if need be. `none`: without one. NIGHTSWEEP_SANDBOX overrides it.",
    ),
  reportsUrl: z
    .url()
    .optional()
    .describe(
      "Where people open the pages of `nightsweep serve`, such as https://nightsweep.example/; messages link to it.",
    ),
  slack: slackSchema.optional(),
  principles: z
    .string()
    .min(1)
    .optional()
    .describe("A file of principles: what owners want of their code, such as `policies/principles.yaml`."),
  model: modelConfigSchema
    .optional()
    .describe("A model for second opinions and words; what it may read is up to the policy (`model.sendCode`)."),
  retention: retentionSchema.prefault({}).describe("How long and how much is kept of what can be made again."),
  limits: z
    .strictObject({
      installMinutes: z.number().positive().default(15).describe("An install that takes longer stops its repository."),
      checkMinutes: z.number().positive().default(20).describe("A check that takes longer has failed."),
      verifyRuns: z.int().positive().default(24).describe("Trees that one repository may have checked in a night."),
      verifyMinutes: z
        .number()
        .positive()
        .default(120)
        .describe("Minutes that one repository may spend on checks in a night."),
      idleMinutes: z
        .number()
        .positive()
        .default(4)
        .describe("A check that prints nothing and does nothing for so long waits in vain, and has failed."),
      memoryMegabytes: z
        .number()
        .positive()
        .default(8192)
        .describe("Memory of a check with all that it starts; one that takes more is ended and has failed."),
      diskMegabytes: z
        .number()
        .positive()
        .default(10_240)
        .describe("What a check may write; one that writes more is ended and has failed."),
      processes: z
        .int()
        .positive()
        .default(4096)
        .describe(
          "Processes and threads that a check may have at once; run as root, all checks of the machine together.",
        ),
    })
    .prefault({}),
});

/** What an operator writes: everything with a default may be left out. */
export type ConfigInput = z.input<typeof configSchema>;
/** A configuration with its defaults filled in. */
export type Config = z.output<typeof configSchema>;
/** One repository of a configuration, in its long form. */
export type RepositoryConfig = z.output<typeof repository>;
/** The operator's word on checks. */
export type ChecksConfig = z.output<typeof checks>;
