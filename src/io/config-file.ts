import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { configSchema, type Config, type RepositoryConfig } from "../core/config.ts";
import { NightsweepError } from "../core/errors.ts";
import { repoKey, type RepoKey } from "../core/names.ts";
import { describeProblems } from "../core/schema-problems.ts";
import { cacheFolder } from "./cache-folder.ts";
import { isExample } from "./example-repository.ts";
import { isAddress } from "./git-mirror.ts";
import { packageRoot } from "./own-package.ts";

const defaultName = "daemon.config.ts";

/** A repository of the configuration under the name of its folder. */
export type NamedRepository = RepositoryConfig & { readonly key: RepoKey };

/** A configuration whose folders are absolute and whose repositories have names. */
export type LoadedConfig = Omit<Config, "repositories"> & {
  /** The file that it came from, absolute; null when the defaults stand in for a missing file. */
  readonly file: string | null;
  /** Relative locations of repositories are relative to this folder. */
  readonly directory: string;
  readonly repositories: readonly NamedRepository[];
};

/** Reads the configuration that was named, or `daemon.config.ts` of the current folder. */
export async function loadConfig(named: string | undefined, currentDirectory: string): Promise<LoadedConfig> {
  const file = path.resolve(currentDirectory, named ?? defaultName);
  if (!existsSync(file)) throw new NightsweepError("CONFIG_UNREADABLE", `there is no file ${named ?? defaultName}`);
  return checkConfig(await importDefault(file), file);
}

/**
 * For commands that look at one repository: the configuration of the current folder if it has one, else the defaults,
 * whose state is kept in the user's cache folder, so that nothing is written into the repository.
 */
export async function loadConfigOrDefaults(
  named: string | undefined,
  currentDirectory: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<LoadedConfig> {
  if (named !== undefined || existsSync(path.join(currentDirectory, defaultName)))
    return loadConfig(named, currentDirectory);
  const cache = cacheFolder(environment);
  const defaults = configSchema.parse({
    repositories: ["example:orchard"],
    stateDirectory: cache,
    reportsDirectory: path.join(cache, "reports"),
  });
  return place(defaults, { file: null, directory: currentDirectory });
}

/**
 * The repositories that `--repo` names: configured ones by name or location, others by URL or by a path relative to the
 * current folder. Without any, all of the configuration.
 */
export function selectRepositories(
  config: LoadedConfig,
  wanted: readonly string[],
  currentDirectory: string,
): readonly NamedRepository[] {
  if (wanted.length === 0) return config.repositories;
  const chosen = wanted.map((word) => {
    const location = isPlace(word) ? word : path.resolve(currentDirectory, word);
    const configured = config.repositories.find(
      (one) => one.key === word || one.location === word || path.resolve(config.directory, one.location) === location,
    );
    return configured ?? { location, key: repoKey(location) };
  });
  return [...new Map(chosen.map((repository) => [repository.key, repository])).values()];
}

/** A repository by its name or location in the configuration, or by a place. */
export function findRepository(
  { repositories, directory }: LoadedConfig,
  named: string,
  currentDirectory: string,
): Pick<NamedRepository, "key" | "location" | "production"> & { readonly directory: string } {
  const place = path.resolve(currentDirectory, named);
  const configured = repositories.find(
    ({ key, location }) => key === named || location === named || path.resolve(directory, location) === place,
  );
  return configured === undefined
    ? { key: repoKey(named), location: named, directory: currentDirectory }
    : { ...configured, directory };
}

/** Gives repositories their names; two of one name are a mistake of the operator. */
function nameRepositories(
  entries: Config["repositories"],
  file: string,
  directory: string,
): readonly NamedRepository[] {
  const repositories = entries.map((entry) => {
    const long = typeof entry === "string" ? { location: entry } : entry;
    const key = keyOf(long, directory);
    const { production } = long;
    if (production === undefined) return { ...long, key };
    const coverage = production.coverage.map((name) => path.resolve(directory, name));
    return { ...long, key, production: { ...production, coverage } };
  });
  for (const [index, { key }] of repositories.entries()) {
    const first = repositories.findIndex((other) => other.key === key);
    if (first !== index)
      throw new NightsweepError(
        "CONFIG_INVALID",
        `${file}\n  repositories[${index}]: has the same name as repositories[${first}] ("${key}"); allowed: a name of its own in the field "name"`,
      );
  }
  return repositories;
}

/** A path of dots says nothing by itself: its folder is called what it resolves to. */
function keyOf({ name, location }: RepositoryConfig, directory: string): RepoKey {
  const onlyDots = /^[./\\]*$/.test(location);
  return repoKey(name ?? (onlyDots ? path.basename(path.resolve(directory, location)) : location));
}

/** A file that changed is another module, so that a daemon reads it again. */
async function importDefault(file: string): Promise<unknown> {
  const address = pathToFileURL(file);
  address.searchParams.set("changed", String(statSync(file).mtimeMs));
  const loaded: unknown = await import(address.href).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new NightsweepError("CONFIG_UNREADABLE", `${path.basename(file)}: ${reason}`, { cause });
  });
  if (typeof loaded !== "object" || loaded === null || !("default" in loaded))
    throw new NightsweepError(
      "CONFIG_INVALID",
      `${path.basename(file)}\n  the whole file: has no default export; allowed: export default defineConfig({ ... })`,
    );
  return loaded.default;
}

function checkConfig(value: unknown, file: string): LoadedConfig {
  const parsed = configSchema.safeParse(value);
  if (!parsed.success) throw invalid(file, describeProblems(configSchema, parsed.error));
  return place(parsed.data, { file, directory: path.dirname(file) });
}

function invalid(file: string, problems: readonly string[]): NightsweepError {
  const lines = problems.map((problem) => `\n  ${problem}`).join("");
  return new NightsweepError("CONFIG_INVALID", `${path.basename(file)}${lines}`);
}

function place(config: Config, origin: Pick<LoadedConfig, "file" | "directory">): LoadedConfig {
  const absolute = (relative: string): string => path.resolve(origin.directory, relative);
  const { forge } = config;
  return {
    ...config,
    ...origin,
    repositories: nameRepositories(config.repositories, path.basename(origin.file ?? defaultName), origin.directory),
    stateDirectory: absolute(config.stateDirectory),
    reportsDirectory: absolute(config.reportsDirectory),
    policy: findPolicy(config.policy, absolute(config.policy)),
    ...(config.principles === undefined ? {} : { principles: absolute(config.principles) }),
    ...(config.organisationPolicy === undefined ? {} : { organisationPolicy: absolute(config.organisationPolicy) }),
    forge:
      forge.kind === "local" && forge.directory !== undefined
        ? { ...forge, directory: absolute(forge.directory) }
        : forge,
  };
}

function isPlace(location: string): boolean {
  return isExample(location) || isAddress(location);
}

/** The standard policies come with the package, so a new configuration need not bring a copy. */
function findPolicy(name: string, beside: string): string {
  const bundled = path.join(packageRoot, name);
  return !existsSync(beside) && /^policies\/[\w-]+\.yaml$/.test(name) && existsSync(bundled) ? bundled : beside;
}
