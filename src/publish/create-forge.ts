import { isAbsolute, join, relative } from "node:path";
import type { Config } from "../core/config.ts";
import { NightsweepError } from "../core/errors.ts";
import type { RepoKey } from "../core/names.ts";
import { gitHubNameOf } from "../io/github-name.ts";
import type { ForgeKeys } from "../io/forge-keys.ts";
import type { Forge } from "./forge.ts";
import { createGitHubForge } from "./github-forge.ts";
import { createLocalForge } from "./local-forge.ts";
import { createRecordingForge } from "./recording-forge.ts";

/** What decides where a repository's pull requests go. */
export type ForgeRequest = {
  readonly forge: Config["forge"];
  readonly stateDirectory: string;
  readonly repo: RepoKey;
  /** Where the repository comes from; it tells a GitHub repository's name unless `github` does. */
  readonly location: string;
  readonly github?: string | undefined;
  /** The operator wants this fork swept. */
  readonly fork?: boolean | undefined;
  readonly dryRun: boolean;
  /** null where the forge needs none. */
  readonly keys: ForgeKeys | null;
  /** Paths are shown relative to it. */
  readonly currentDirectory: string;
};

/** Makes the forge that the configuration asks for. Throws TOKEN_CLASSIC, and CONFIG_INVALID with the field. */
export function createForge(request: ForgeRequest): Forge {
  const real =
    request.forge.kind === "local" ? localForge(request, request.forge) : gitHubForge(request, request.forge);
  return request.dryRun ? createRecordingForge(real) : real;
}

function localForge(request: ForgeRequest, forge: Extract<Config["forge"], { kind: "local" }>): Forge {
  const { stateDirectory, repo, currentDirectory } = request;
  const directory = forge.directory ?? join(stateDirectory, "forge");
  const shownAs = isAbsolute(directory) ? relative(currentDirectory, directory) : directory;
  return createLocalForge({
    directory,
    shownAs: shownAs === "" ? "." : shownAs,
    repo,
  });
}

function gitHubForge(request: ForgeRequest, forge: Extract<Config["forge"], { kind: "github" }>): Forge {
  const baseUrl = forge.baseUrl.replace(/\/+$/, "");
  const { keys } = request;
  if (keys === null) throw new Error("a GitHub forge was planned without its keys");
  const url = new URL(baseUrl);
  // On the machine itself nobody listens in between; anywhere else the token would travel readable.
  if (url.protocol !== "https:" && !["127.0.0.1", "[::1]", "localhost"].includes(url.hostname))
    throw new NightsweepError("CONFIG_INVALID", `forge.baseUrl: "${forge.baseUrl}" must begin with https://`);
  const { repo: key, location, github, fork } = request;
  const name = gitHubNameOf({ key, location, github }, baseUrl);
  const { requestSeconds } = forge;
  return createGitHubForge({ baseUrl, ...name, ...keys, requestSeconds, mayBeFork: fork === true });
}
