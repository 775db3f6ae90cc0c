import type { ChangeSize, Edit } from "./edit.ts";
import type { DeadTime } from "./dead-time.ts";
import type { CandidateId, RepoPath } from "./names.ts";
import type { Observation } from "./production.ts";
import type { AssuranceLevel, Category, Exposure } from "./policy.ts";

/** Where something stands. `line` counts from 1; `name` is a name path: `PriceList.total`, or the file or package name. */
export type Place = { readonly file: RepoPath; readonly name: string; readonly line: number };

/** One declaration, file or dependency that goes with a candidate. */
export type Member = Place & {
  readonly endLine: number;
  /** Of its own text, by which it is known again when it comes back. */
  readonly hash?: string;
  /** The same name is declared elsewhere in its package. */
  readonly isShared?: boolean;
};

/** One reason why a candidate is garbage, as a sentence that a reviewer can check. */
export type Evidence = {
  readonly kind:
    | "unreachable"
    | "no-reference"
    | "tests-only"
    | "cascade"
    | "cycle"
    | "effect-free"
    | "no-effect"
    | "constant"
    | "surplus-export"
    | "history"
    | "missing-entry"
    | "production"
    | "same-code"
    | "survivor";
  readonly text: string;
};

/** A word that might be a reference: while one stands, the candidate is `suspected` at most. */
export type AmbiguousRoot = {
  readonly kind:
    | "string"
    | "text-file"
    | "computed-access"
    | "dynamic-import"
    | "decorator"
    | "unparsed-file"
    | "developer-switch"
    | "taste";
  readonly file: RepoPath;
  readonly line: number;
  readonly text: string;
};

/** A copy that goes, and the declaration that everyone who used it uses from then on. */
export type Forward = { readonly from: Omit<Place, "line">; readonly to: Omit<Place, "line"> };

/** What a pass yields: pure analysis, nothing about policy, history or tests. */
export type Garbage = {
  readonly pass: Category;
  readonly category: Category;
  readonly subject: Place;
  readonly members: readonly Member[];
  readonly evidence: readonly Evidence[];
  readonly ambiguous: readonly AmbiguousRoot[];
  readonly exposure: Exposure;
  readonly edits: readonly Edit[];
  /** Categories and subjects (`unused-export file#name`) of other garbage that must go in the same tree or an earlier one. */
  readonly requires: readonly string[];
  /** For copies that become one: what has to be proven before anything is proposed. */
  readonly forwards?: readonly Forward[];
};

/** A piece of garbage with an identity, an age and a level of assurance. */
export type Candidate = Omit<Garbage, "requires"> & {
  readonly id: CandidateId;
  /** Days since the newest line of its members was written, by blame; null when history does not say. */
  readonly ageDays: number | null;
  /** The commit that last touched it, when history says. */
  readonly lastTouched: { readonly commit: string; readonly date: string; readonly subject: string } | null;
  /** Logins, teams or addresses from CODEOWNERS. */
  readonly owners: readonly string[];
  /** Names of the packages that its members are in; absent when nobody looked, which policies take as unknown. */
  readonly packages?: readonly string[];
  /** By the ledger; absent where nobody remembers earlier nights. */
  readonly deadFor?: DeadTime;
  /** What production says of it; absent where the operator gives no data. */
  readonly production?: Observation;
  readonly assurance: AssuranceLevel;
  readonly requires: readonly CandidateId[];
  readonly size: ChangeSize;
  /** Why it would leave a broken tree, seen when that was read again; absent when it would not. It is reported only. */
  readonly broken?: string;
};
