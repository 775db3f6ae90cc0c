import { existsSync } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { NightsweepError } from "../core/errors.ts";
import type { RepoKey } from "../core/names.ts";
import type { ToolFolders } from "./cage.ts";
import { exec, foreignPath } from "./exec.ts";
import { removeDirectory } from "./files.ts";
import { proxyVariables } from "./operator-proxy.ts";
import type { PackageManager } from "./package-manager.ts";

/** What foreign commands of a repository find: the right package managers on PATH, and quiet tools. */
export type Toolchain = ToolFolders & {
  /** For checks: no registry, no cache. */
  readonly environment: Readonly<Record<string, string>>;
  /** For installs: the same with the operator's registry and the shared download caches. */
  readonly installEnvironment: Readonly<Record<string, string>>;
  /** The operator's npm registry, with its slash. */
  readonly registry: string;
};

/** Where package managers and downloads are kept, and how long bringing one may take. */
export type ToolchainRequest = {
  readonly packageManagers: readonly PackageManager[];
  /** The Node that the repository asks for, `node@22`; null: the one that runs us. */
  readonly node: string | null;
  readonly stateDirectory: string;
  /** Downloads are kept apart for each repository: what one writes no other reads. */
  readonly repository: RepoKey;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
};

/** Tools that would ask, phone home, download browsers or replace themselves are told not to. */
const quiet = {
  CI: "1",
  HUSKY: "0",
  NX_DAEMON: "false",
  NX_NO_CLOUD: "true",
  DO_NOT_TRACK: "1",
  NEXT_TELEMETRY_DISABLED: "1",
  TURBO_TELEMETRY_DISABLED: "1",
  YARN_ENABLE_TELEMETRY: "0",
  YARN_IGNORE_PATH: "1",
  COREPACK_ENABLE_PROJECT_SPEC: "0",
  PUPPETEER_SKIP_DOWNLOAD: "1",
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: "1",
  CYPRESS_INSTALL_BINARY: "0",
  ELECTRON_SKIP_BINARY_DOWNLOAD: "1",
  npm_config_fund: "false",
  npm_config_audit: "false",
  npm_config_update_notifier: "false",
};

/** Read by pnpm only, up to version 10 under npm's prefix; npm itself would warn of each in every output. */
const quietPnpm = {
  npm_config_manage_package_manager_versions: "false",
  npm_config_verify_deps_before_run: "false",
  pnpm_config_manage_package_manager_versions: "false",
  pnpm_config_verify_deps_before_run: "false",
  pnpm_config_pm_on_fail: "ignore",
  pnpm_config_minimum_release_age: "0",
  pnpm_config_trust_lockfile: "true",
};

/**
 * Brings the package managers that a repository asks for from the operator's registry into the state folder, once for
 * each version. Throws COMMAND_UNAVAILABLE without npm and INSTALL_FAILED when one cannot be had.
 */
export async function prepareToolchain(request: ToolchainRequest): Promise<Toolchain> {
  const registry = await operatorRegistry(request);
  const downloads = caches(request, registry);
  const folders: string[] = [];
  for (const specifier of specifiersOf(request)) folders.push(await bring(specifier, request, registry));
  const path = [...new Set(folders), foreignPath()].join(delimiter);
  // Plug'n'Play loads packages from Yarn's global folder while the code runs, so checks need it as well.
  const berry = request.packageManagers.some((one) => one.berry);
  const yarn = berry ? { YARN_GLOBAL_FOLDER: downloads.YARN_GLOBAL_FOLDER } : {};
  const pnpm = request.packageManagers.some((one) => one.name === "pnpm") ? quietPnpm : {};
  const environment = { ...quiet, ...pnpm, ...yarn, PATH: path };
  const programs = [...new Set(folders)].map((folder) => dirname(dirname(folder)));
  return {
    environment,
    installEnvironment: { ...environment, ...downloads },
    registry,
    programs,
    caches: [cacheFolder(request)],
  };
}

/** The npm of this machine does not run on a Node that is much older than ours. */
function specifiersOf({ node, packageManagers }: ToolchainRequest): readonly string[] {
  const major = Number(/^node@(\d+)/.exec(node ?? "")?.[1] ?? "24");
  const npm = major < 18 ? "npm@8" : major < 22 ? "npm@10" : null;
  const managers = packageManagers.map((one) => one.specifier ?? (one.name === "npm" ? npm : null));
  return [node, ...managers].filter((one) => one !== null);
}

/** What checks find in a repository that has nothing to install. */
export function bareToolchain(): Pick<Toolchain, "environment"> {
  return { environment: { ...quiet, PATH: foreignPath() } };
}

/** Asks the operator's own npm, in the operator's home: the repository's .npmrc has no say in where code comes from. */
async function operatorRegistry({ timeoutMs, signal }: ToolchainRequest): Promise<string> {
  const env: Record<string, string> = { HOME: homedir() };
  for (const name of ["npm_config_registry", "NPM_CONFIG_REGISTRY", "NPM_CONFIG_USERCONFIG"]) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  const command = ["npm", "config", "get", "registry"] as const;
  const { stdout } = await exec({ command, cwd: homedir(), env, timeoutMs, signal });
  const url = stdout.trim();
  return URL.canParse(url) ? `${url.replace(/\/+$/, "")}/` : "https://registry.npmjs.org/";
}

type Caches = Readonly<Record<"YARN_GLOBAL_FOLDER" | (string & {}), string>>;

function cacheFolder({ stateDirectory, repository }: ToolchainRequest): string {
  return join(resolve(stateDirectory), "cache", "of", repository);
}

/** Packages are copied out of pnpm's store: a hard link would let a test change what the next repository gets. */
function caches(request: ToolchainRequest, registry: string): Caches & { readonly YARN_GLOBAL_FOLDER: string } {
  const cache = cacheFolder(request);
  return {
    npm_config_registry: registry,
    npm_config_cache: join(cache, "npm"),
    npm_config_store_dir: join(cache, "pnpm"),
    npm_config_package_import_method: "clone-or-copy",
    pnpm_config_registry: registry,
    pnpm_config_store_dir: join(cache, "pnpm"),
    pnpm_config_cache_dir: join(cache, "pnpm-metadata"),
    pnpm_config_package_import_method: "clone-or-copy",
    YARN_CACHE_FOLDER: join(cache, "yarn"),
    // Half a minute, as both take by default, is gone before a busy machine has written what came.
    YARN_NETWORK_TIMEOUT: "300000",
    YARN_HTTP_TIMEOUT: "300000",
    YARN_NPM_REGISTRY_SERVER: registry,
    YARN_GLOBAL_FOLDER: join(cache, "yarn-berry"),
    YARN_ENABLE_GLOBAL_CACHE: "true",
    YARN_ENABLE_SCRIPTS: "false",
    BUN_CONFIG_REGISTRY: registry,
    BUN_INSTALL_CACHE_DIR: join(cache, "bun"),
  };
}

async function bring(specifier: string, request: ToolchainRequest, registry: string): Promise<string> {
  // Our own downloads are kept where no repository can write.
  const cache = join(resolve(request.stateDirectory), "cache", "own");
  const settings = { npm_config_registry: registry, npm_config_cache: cache, npm_config_audit: "false" };
  const env = { ...proxyVariables(process.env), ...settings };
  const { wanted, programs } = packageOf(specifier);
  const folder = join(resolve(request.stateDirectory), "toolchain", specifier.replace(/^@.*\//, "").replace("@", "-"));
  const path = join(folder, ...programs);
  if (existsSync(path)) return path;
  const seedling = `${folder}.${process.pid}.new`;
  await removeDirectory(seedling);
  await mkdir(seedling, { recursive: true });
  try {
    const command = ["npm", "install", "--prefix", seedling, "--ignore-scripts", "--no-save", wanted] as const;
    const { timeoutMs, signal } = request;
    const { exitCode, stdout, stderr } = await exec({ command, cwd: seedling, env, timeoutMs, signal });
    if (exitCode !== 0 || !existsSync(join(seedling, ...programs)))
      throw new NightsweepError("INSTALL_FAILED", `${specifier}, which the repository asks for`, {
        detail: `${stdout}\n${stderr}`.trim().split("\n").slice(-40).join("\n"),
      });
    await removeDirectory(folder);
    await rename(seedling, folder);
  } finally {
    await removeDirectory(seedling);
  }
  return path;
}

/** The npm packages `node` and `bun` fetch their programs in an install script; those of the platform have them inside. */
function packageOf(specifier: string): { readonly wanted: string; readonly programs: readonly string[] } {
  if (specifier.startsWith("node@")) {
    const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
    return { wanted: `${name}@${specifier.slice("node@".length)}`, programs: ["node_modules", name, "bin"] };
  }
  if (!specifier.startsWith("bun@")) return { wanted: specifier, programs: ["node_modules", ".bin"] };
  const platform = `bun-${process.platform}-${process.arch === "arm64" ? "aarch64" : process.arch}`;
  const wanted = `@oven/${platform}@${specifier.slice("bun@".length)}`;
  return { wanted, programs: ["node_modules", "@oven", platform, "bin"] };
}
