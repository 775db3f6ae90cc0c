import type { FixCommit } from "../core/fix.ts";
import type { Keep } from "../core/keep.ts";
import type { KnipProposal } from "../core/knip-entries.ts";
import type { Alarm, Marking, Root } from "../core/marking.ts";
import type { RepoPath } from "../core/names.ts";
import type { Offers } from "./audience.ts";
import type { Graph } from "./graph.ts";
import type { Cluster } from "./clusters.ts";
import type { KnipKeeps } from "./knip-ignores.ts";
import type { NameMentions, TextFile } from "./mentions.ts";
import type { Reach } from "./reach.ts";
import type { Package } from "./units.ts";

/** A dependency without a use that can be seen, with the manifest and section that lists it. */
export type UnusedDependency = {
  readonly manifest: RepoPath;
  readonly section: string;
  readonly name: string;
  /** The programs that it brings: each may be run by its name. */
  readonly binaries: readonly string[];
  /** Set when another section lists it as well: that stays. */
  readonly isDuplicate?: true;
};

/** A dependency that would be unused, did the configuration of knip not want it to stay. */
export type IgnoredDependency = UnusedDependency & { readonly reason: string };

/** The marked repository: what the passes look for garbage in. Rebuilt from the checkout when needed, never stored. */
export type Heap = {
  readonly graph: Graph;
  /** Files that the parser refused, or that are templates or plain text. */
  readonly texts: readonly TextFile[];
  readonly unparsed: readonly TextFile[];
  /** The text of each package.json. */
  readonly manifestTexts: ReadonlyMap<RepoPath, string>;
  readonly packages: ReadonlyMap<RepoPath, Package>;
  readonly roots: readonly Root[];
  /** Reached from strong roots. */
  readonly strong: Reach;
  /** Reached from strong roots and from tests of live code. What is reached from neither is garbage. */
  readonly live: Reach;
  /** Test statements whose only subject is code that nothing but tests uses. */
  readonly orphanTests: readonly number[];
  /** Everything that is not live, in pieces that go together. */
  readonly clusters: readonly Cluster[];
  /** Why members stay that only their name keeps, as the compiler sees it; by node. Empty when it was not asked. */
  readonly typeReasons: ReadonlyMap<number, string>;
  /** Where the names of dead exported values stand as text. */
  readonly mentions: NameMentions;
  /** What the entries of the packages offer to others than their own package. */
  readonly offers: Offers;
  /** Annotations by which people keep something. */
  readonly keeps: readonly Keep[];
  /** Why nothing in a file may be collected; undefined when it may. */
  readonly exempt: (file: RepoPath) => string | undefined;
  /** What the configuration of knip wants to stay. */
  readonly knipKeeps: KnipKeeps;
  readonly unusedDependencies: readonly UnusedDependency[];
  /** Dependencies that only the configuration of knip keeps, each with what it says. */
  readonly ignoredDependencies: readonly IgnoredDependency[];
  readonly alarms: readonly Alarm[];
  /** What the configuration of knip lacks; null when it lacks nothing or cannot be written. */
  readonly proposal: KnipProposal | null;
  /** What the history says was mended, newest first; absent when nobody asked it. */
  readonly fixes?: readonly FixCommit[];
};

/** What the mark gives to the stages behind it. */
export type Marked = { readonly heap: Heap; readonly marking: Marking };
