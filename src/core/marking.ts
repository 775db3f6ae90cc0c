import type { RepoPath } from "./names.ts";

/** Why a file is alive by definition. */
export type Root = {
  readonly file: RepoPath;
  /** Strong roots keep what they reach; weak roots (tests) never keep their subject alive. */
  readonly strength: "strong" | "weak";
  /** Production code, development tooling, or tests. */
  readonly purpose: "production" | "development" | "test";
  /** In words, with the place that says so: `package.json exports "./jsx"`, `knip vitest (vitest.config.ts)`. */
  readonly reason: string;
  /**
   * What it keeps of its file, all of it when absent: `load` what happens on loading, when each user of its exports is
   * known; `types` the exported types.
   */
  readonly keeps?: "load" | "types";
};

/** A folder with its own package.json. */
export type Unit = {
  /** Folder of the package.json, `""` for the top one. */
  readonly directory: RepoPath;
  readonly name: string;
  readonly private: boolean;
  /** Set when nothing in this unit may be collected, with the reason. */
  readonly unknown?: string;
};

/** A reason to turn a repository to report-only (DESIGN.md section 4, "Refuse on a bad footing"). */
export type Alarm = {
  readonly kind:
    | "no-production-root"
    | "too-many-dead-files"
    | "too-many-dead-dependencies"
    | "config-not-loaded"
    | "file-not-parsed"
    | "install-failed"
    | "red-baseline"
    | "no-checks"
    | "policy-invalid";
  readonly text: string;
};

const rootAlarms: ReadonlySet<Alarm["kind"]> = new Set(["no-production-root", "too-many-dead-files"]);

/** Whether a repository is only reported on because its entries are not known well enough. */
export function lacksRoots(alarms: readonly Alarm[]): boolean {
  return alarms.some(({ kind }) => rootAlarms.has(kind));
}

/** What the mark found, as the record of its stage. */
export type Marking = {
  readonly roots: readonly Root[];
  readonly units: readonly Unit[];
  readonly alarms: readonly Alarm[];
  readonly counts: {
    readonly files: number;
    readonly lines: number;
    readonly declarations: number;
    readonly deadFiles: number;
    readonly deadDeclarations: number;
    readonly testOnlyDeclarations: number;
    /** Lines in runs that stand in more than one place; absent in older records. */
    readonly clonedLines?: number;
  };
};
