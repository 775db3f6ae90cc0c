import { createHash } from "node:crypto";
import { homedir } from "node:os";
import path from "node:path";
import { localTime } from "./core/local-time.ts";
import type { RepoKey } from "./core/names.ts";
import type { EffectivePolicy } from "./core/policy-layers.ts";
import type { Principle } from "./core/principles.ts";
import type { LoadedConfig, NamedRepository } from "./io/config-file.ts";
import { workFolder } from "./io/files.ts";
import { createMask, type Mask } from "./io/mask.ts";
import type { Reports } from "./io/records.ts";
import { planModel, type PlannedModel } from "./night-model.ts";
import { readConfiguredPolicy } from "./night-policy.ts";
import { readPrinciples } from "./io/principles-file.ts";
import { createForge } from "./publish/create-forge.ts";
import { readForgeKeys } from "./io/forge-keys.ts";
import type { Forge } from "./publish/forge.ts";
import type { Session } from "./session.ts";

/** What a night is asked to do, and the process that it runs in. */
export type NightRequest = Pick<Session, "terminal" | "currentDirectory" | "environment" | "signal" | "now"> & {
  readonly config: LoadedConfig;
  readonly repositories: readonly NamedRepository[];
  readonly dryRun: boolean;
  /** Only look at repositories in which nothing has changed; a night in a window always does. */
  readonly skipUnchanged?: boolean;
  /** The window that opened the night; absent where a person asked for it. */
  readonly window?: NightHours;
};

/** The hours of a night, and who ends it. */
type NightHours = {
  readonly day: string;
  readonly closes: Date;
  /** Aborted when the night is to end at the next boundary of a stage; it goes on after the next start. */
  readonly leave: AbortSignal;
  /** Aborted when the window has closed: what is at work is broken off, and the night ends with its report. */
  readonly closing: AbortSignal;
};

/** A request with everything that a night needs besides; whatever is wrong with it is found before the night begins. */
export type NightPlan = NightRequest & {
  readonly policy: EffectivePolicy;
  readonly forges: ReadonlyMap<RepoKey, Forge>;
  readonly model: PlannedModel;
  readonly principles: readonly Principle[];
  readonly mask: Mask;
  readonly reports: Reports;
  /** The date of the night in the time zone of the schedule. */
  readonly day: string;
  /** A killed night is gone on with only under the same configuration, policy and repositories. */
  readonly hash: string;
  /** Repositories are looked at before they get their turn, and have it in the order of `core/turns.ts`. */
  readonly looksFirst: boolean;
};

/** Reads the policy and opens the forges. Throws POLICY_INVALID, TOKEN_MISSING, TOKEN_CLASSIC and CONFIG_INVALID. */
export async function planNight(request: NightRequest): Promise<NightPlan> {
  const { config, repositories, dryRun, environment, now } = request;
  const policy = await readConfiguredPolicy(config);
  const principles = await readPrinciples(config.principles);
  const mask = createNightMask(config, environment);
  return {
    ...request,
    policy,
    model: planModel(config, { environment, now, mask }),
    principles,
    forges: await openForges(request),
    mask,
    reports: { directory: config.reportsDirectory, mask },
    day: request.window?.day ?? localTime(now(), config.schedule.timeZone).date,
    looksFirst: request.window !== undefined || request.skipUnchanged === true,
    hash: createHash("sha256")
      .update(JSON.stringify([config, policy, principles, repositories, dryRun]))
      .digest("hex"),
  };
}

/** The forge of each repository. Throws TOKEN_MISSING, TOKEN_CLASSIC and CONFIG_INVALID. */
export async function openForges(
  request: Pick<NightRequest, "config" | "repositories" | "dryRun" | "environment" | "currentDirectory">,
): Promise<ReadonlyMap<RepoKey, Forge>> {
  const { config, repositories, dryRun, environment, currentDirectory } = request;
  const { forge, stateDirectory, directory } = config;
  const keys = await readForgeKeys(forge, { environment, directory });
  return new Map(
    repositories.map(({ key, location, github, fork }) => {
      const wish = { forge, stateDirectory, repo: key, location, github, fork, dryRun, keys, currentDirectory };
      return [key, createForge(wish)] as const;
    }),
  );
}

/** Hides the secrets of the environment, and shows the folders of this machine relative to the configuration. */
export function createNightMask(config: LoadedConfig, environment: Session["environment"]): Mask {
  return createMask({
    environment,
    paths: [
      { path: config.directory, as: "." },
      { path: config.stateDirectory, as: "<state>" },
      { path: workFolder(), as: "<work>" },
      // A repository that is given by an absolute path is shown by its name.
      ...config.repositories.flatMap(({ location, key }) =>
        path.isAbsolute(location) ? [{ path: location, as: key }] : [],
      ),
      { path: homedir(), as: "~" },
    ],
  });
}
