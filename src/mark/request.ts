import type { KnipIgnores } from "../core/knip-ignores.ts";
import type { RepoPath } from "../core/names.ts";
import type { Sandbox } from "../io/sandbox.ts";
import type { PolicyFlag } from "../core/policy-schema.ts";
import type { KnipDependency } from "./dependencies.ts";
import type { KnipEntry } from "./roots.ts";
import type { Package } from "./units.ts";

/** What knip knows of all packages; paths are relative to the repository. */
export type KnipFindings = {
  readonly entries: readonly KnipEntry[];
  /** What no script, plug-in or configuration uses; source files may import it. */
  readonly unusedDependencies: readonly KnipDependency[];
  readonly configErrors: readonly string[];
  /** What its configuration wants to stay; nothing when left out. */
  readonly ignores?: KnipIgnores;
  /** The package roots that knip was asked for, each with the workspaces that it covers; all packages when not said. */
  readonly covered?: readonly { readonly root: RepoPath; readonly workspaces: readonly RepoPath[] }[];
};

/** Names the entry files and the dependencies without a use in a configuration, of all packages. */
export type AskRoots = (request: MarkRequest, packages: ReadonlyMap<RepoPath, Package>) => Promise<KnipFindings>;

/** What to mark: an absolute folder and its tracked files. */
export type MarkRequest = {
  readonly directory: string;
  readonly files: readonly RepoPath[];
  readonly signal?: AbortSignal;
  /** Flags that have come to their end. */
  readonly flags?: readonly PolicyFlag[];
  /** What the repository's configuration files run in when knip loads them; left out only for our own fixtures. */
  readonly sandbox?: Sandbox;
  /** How long knip may take for one package root, 5 minutes unless said. */
  readonly knipTimeoutMs?: number;
  /** An absolute folder of this repository's own in which a later mark finds what this one read; none unless said. */
  readonly memoryFolder?: string;
  /** Ask the compiler about members whose name stands for other things too; it costs seconds where there are any. */
  readonly types?: boolean;
  /** Where the entries come from: knip, unless a test names them itself. */
  readonly askRoots?: AskRoots;
};
