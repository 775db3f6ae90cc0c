import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { FileChange } from "../core/edit.ts";
import { NightsweepError } from "../core/errors.ts";
import type { Installation } from "../core/stage.ts";
import { exec, type CommandResult } from "./exec.ts";
import { readForeignText } from "./foreign-file.ts";
import { restoreFiles } from "./git-worktree.ts";
import { confineInstall, handOver, type Cage } from "./cage.ts";
import { buildCommand, frozenCommand, lockCommand, type PackageManager } from "./package-manager.ts";
import { hostOf } from "./registry-proxy.ts";
import type { Toolchain } from "./toolchain.ts";

/** A folder of a work tree whose dependencies are to be installed. */
export type InstallRequest = {
  readonly directory: string;
  readonly packageManager: PackageManager;
  readonly toolchain: Toolchain;
  readonly cage: Cage;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
};

/**
 * Installs exactly what the lock file says, without running a script of any package, and leaves the tracked files as
 * they were. Throws INSTALL_FAILED with the last lines of the log, and INSTALL_HOSTS_REFUSED where it may be for want of a host.
 */
export async function frozenInstall(request: InstallRequest): Promise<Installation> {
  const { directory, packageManager, cage, signal } = request;
  const command = frozenCommand(packageManager);
  await redirectLockfile(request);
  const result = await run(request, command);
  const built = result.exitCode === 0 ? await buildAllowed(request) : null;
  await restoreFiles(directory, signal);
  await handOver(cage, directory);
  if (result.exitCode !== 0) throw installFailed(request, command, result);
  if (built !== null && built.result.exitCode !== 0) throw installFailed(request, built.command, built.result);
  const { name, version, lockfile } = packageManager;
  return { packageManager: name, version, lockfile, command, ms: result.ms };
}

/** Runs the install scripts of the packages that the operator allows, and of no other. */
async function buildAllowed(
  request: InstallRequest,
): Promise<{ readonly command: readonly [string, ...string[]]; readonly result: CommandResult } | null> {
  const { packageManager, cage, toolchain } = request;
  const names = cage.grants.installScripts;
  if (names.length === 0) return null;
  const command = buildCommand(packageManager, names);
  const environment = { ...toolchain.installEnvironment, YARN_ENABLE_SCRIPTS: "true" };
  return {
    command,
    result: await run({ ...request, toolchain: { ...toolchain, installEnvironment: environment } }, command),
  };
}

/**
 * Brings the lock file up to date with the package.json files as they stand in the work tree, and returns what it
 * becomes; null when nothing changes. Throws INSTALL_FAILED when the package manager cannot do it.
 */
export async function refreshLockfile(request: InstallRequest): Promise<FileChange | null> {
  const { directory, packageManager } = request;
  const { lockfile } = packageManager;
  if (lockfile === null) return null;
  if (lockfile.endsWith(".lockb"))
    throw new NightsweepError(
      "INSTALL_FAILED",
      `${lockfile} is binary; bun install --save-text-lockfile makes it text`,
    );
  const before = await readForeignText(directory, lockfile);
  const redirected = await redirectLockfile(request);
  const command = lockCommand(packageManager);
  const result = await run(request, command);
  if (result.exitCode !== 0) throw installFailed(request, command, result);
  let text = (await readForeignText(directory, lockfile)) ?? "";
  for (const [from, to] of redirected) text = text.replaceAll(to, from);
  return text === before ? null : { kind: "write", file: lockfile, text };
}

/**
 * A lock file of Yarn 1 carries the address of every package; one that names a host other than the operator's registry
 * would not install where only that registry can be reached. Returns what was replaced by what.
 */
async function redirectLockfile(request: InstallRequest): Promise<readonly (readonly [string, string])[]> {
  const { packageManager, toolchain, directory } = request;
  const { lockfile } = packageManager;
  if (packageManager.name !== "yarn" || packageManager.berry || lockfile === null) return [];
  const path = join(directory, lockfile);
  const pairs: [string, string][] = [];
  const before = (await readForeignText(directory, lockfile)) ?? "";
  const after = before.replace(
    /(?<=^ {2}resolved ")https?:\/\/[^"]*?((?:@[^/"]+\/)?[^/"]+\/-\/[^/"]+\.tgz(?:#[^"]*)?)(?=")/gm,
    (address, name: string) => {
      const redirected = toolchain.registry + name;
      if (redirected !== address) pairs.push([address, redirected]);
      return redirected;
    },
  );
  if (pairs.length > 0) await writeFile(path, after);
  return pairs;
}

async function run(request: InstallRequest, command: readonly [string, ...string[]]): Promise<CommandResult> {
  const { packageManager, toolchain, cage, directory, timeoutMs, signal } = request;
  const cwd = join(directory, packageManager.directory);
  const hosts = [hostOf(toolchain.registry), ...cage.installHosts];
  const confinement = await confineInstall(cage, directory, toolchain, { hosts });
  return exec({ command, cwd, env: toolchain.installEnvironment, timeoutMs, signal, confinement });
}

function installFailed(request: InstallRequest, command: readonly string[], result: CommandResult): NightsweepError {
  const { directory } = request.packageManager;
  const reason = result.timedOut ? `took longer than ${request.timeoutMs / 60_000} minutes` : `exit ${result.exitCode}`;
  const log = `${result.stdout}\n${result.stderr}`.replaceAll(`${request.directory}/`, "").trim();
  const place = `${command.join(" ")}${directory === "" ? "" : ` in ${directory}`} (${reason})`;
  const detail = log.split("\n").slice(-40).join("\n");
  const { refusedHosts } = result;
  return refusedHosts.length === 0
    ? new NightsweepError("INSTALL_FAILED", place, { detail })
    : new NightsweepError("INSTALL_HOSTS_REFUSED", `${refusedHosts.join(", ")}; ${place}`, { detail });
}
