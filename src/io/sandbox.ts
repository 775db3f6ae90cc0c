import type { Service } from "../core/grants.ts";
import type { SandboxKind } from "../core/sandbox.ts";

/** How far foreign code gets on the network: nowhere, anywhere, or to some hosts (`name:port`) through a proxy. */
export type NetworkAccess =
  | "none"
  | "open"
  | {
      readonly hosts: readonly string[];
      /** Ports of the machine that are found at localhost inside as well. */
      readonly ports?: readonly number[];
    };

/** The user that foreign files and processes belong to. */
export type Owner = { readonly uid: number; readonly gid: number };

/** What one run of foreign code may see and do besides the programs of the system; all paths are absolute. */
export type Confinement = {
  readonly sandbox: Sandbox;
  /** Folders that it may change. */
  readonly writable: readonly string[];
  /** Files and folders that it may read, also below a writable one. */
  readonly readable: readonly string[];
  /** Folders that are empty and of this run only, also below a readable one; they must exist. */
  readonly scratch?: readonly string[];
  /** Folders that it may change for itself only, where the sandbox has layers. */
  readonly layered?: readonly Layer[];
  readonly network: NetworkAccess;
  /** Servers that are started inside before the command and ended after it. */
  readonly services?: readonly Service[];
  readonly limits: ResourceLimits;
};

/** A folder that stays as it is: what is written into it lands in another one. */
export type Layer = { readonly folder: string; readonly layer: string };

/** What one run may use at most; all that it starts counts. */
export type ResourceLimits = {
  readonly memoryMegabytes: number;
  readonly diskMegabytes: number;
  readonly processes: number;
  /** Minutes without a word and without work, after which it is ended; left out: it may wait as long as it likes. */
  readonly idleMinutes?: number;
};

/** A command, and the private folder of its run: `home`, `tmp`, `etc` and `root` lie in it. */
export type Cell = {
  readonly command: readonly [string, ...string[]];
  readonly cwd: string;
  readonly folder: string;
  /** Variables that are set for it, and those that are no secret, with their values. */
  readonly variables: readonly string[];
  readonly settings: Readonly<Record<string, string>>;
  readonly confinement: Omit<Confinement, "sandbox">;
};

/** A way to run foreign code. */
export type Sandbox = {
  readonly kind: SandboxKind;
  /** Why this one and no better one. */
  readonly because: string;
  /** Set where we run as root: foreign code gets this user instead, and its work tree must belong to it. */
  readonly owner: Owner | null;
  /** Whether folders can be layered: null, or why not. It is tried on the spot. */
  readonly layerFault: string | null;
  /** Home and temporary folder as the code sees them, and the folder of `node` and `npm`, where those are elsewhere. */
  readonly places: (folder: string) => { readonly home: string; readonly temporary: string; readonly bin?: string };
  /** The command that runs the cell's command inside. */
  readonly enclose: (cell: Cell) => readonly [string, ...string[]];
  /** The command that ends what runs in a private folder, where killing its processes is not enough. */
  readonly farewell?: (folder: string) => readonly [string, ...string[]];
};

/** Runs foreign code as it is: only for our own example, and where the operator wrote it down. */
export function noSandbox(because: string): Sandbox {
  return {
    kind: "none",
    because,
    owner: null,
    layerFault: "folders are written as they are",
    places: (folder) => ({ home: `${folder}/home`, temporary: `${folder}/tmp` }),
    enclose: ({ command }) => command,
  };
}
