import type { Proof } from "../core/check.ts";
import type { FileChange } from "../core/edit.ts";
import type { RepoPath } from "../core/names.ts";
import { makeBundles, type Bundles } from "../io/bundle.ts";
import { emitDeclarations } from "../io/declarations.ts";
import type { Laboratory, Specimen } from "./laboratory.ts";
import { publicApi } from "./public-api.ts";
import type { Bench } from "./run-check.ts";

/** What a repository delivers. */
export type Product = {
  /** Production entries of all packages: programs and what packages offer. */
  readonly entries: readonly RepoPath[];
  /** What packages that are published offer to others, by the folder of the package. */
  readonly offered: readonly { readonly directory: RepoPath; readonly entries: readonly RepoPath[] }[];
  /** Names of packages that the repository installs or contains. */
  readonly packages: ReadonlySet<string>;
};

/** What a tree is compared by. */
type Portrait = { readonly bundles: Bundles; readonly apis: readonly (string | null)[] };

/** Compares trees with the base. */
export type Prover = { readonly prove: (specimen: Specimen) => Promise<Proof> };

/** No entry of a repository takes longer; all of them together are bundled at once. */
const proofTimeoutMs = 5 * 60_000;

const outOfTime = "limits.verifyMinutes was reached before it was compared";

/** Opens a prover; the base is portrayed when the first tree is to be compared with it. */
export function openProver(request: {
  readonly product: Product;
  readonly base: Specimen;
  readonly laboratory: Pick<Laboratory, "enter">;
  readonly bench: Bench;
}): Prover {
  const { product, base, laboratory, bench } = request;
  let before: Promise<Portrait> | undefined;
  const portray = async (specimen: Specimen): Promise<Portrait> => {
    await laboratory.enter(specimen);
    return portrayTree(product, bench);
  };
  return {
    prove: async (specimen) => {
      const hindrance = hindranceOf(product, specimen.changes);
      if (hindrance !== null) return impossible(product, hindrance);
      const { isOver } = bench.deadline;
      if (isOver()) return impossible(product, outOfTime);
      const known = await (before ??= portray(base));
      if (known.bundles.kind === "impossible") return impossible(product, known.bundles.because);
      const now = await portray(specimen);
      return isOver() ? impossible(product, outOfTime) : compare(product, known, now);
    },
  };
}

/** Bundles say nothing of what is installed, and nothing at all where there are none. */
function hindranceOf({ entries }: Product, changes: readonly FileChange[]): string | null {
  if (entries.length === 0) return "there is no production entry that could be bundled";
  const manifest = changes.find(({ file }) => /(^|\/)package\.json$/.test(file));
  return manifest === undefined ? null : `bundles do not show what ${manifest.file} changes`;
}

async function portrayTree({ entries, offered, packages }: Product, bench: Bench): Promise<Portrait> {
  const { cage, directory, signal, deadline } = bench;
  const timeoutMs = Math.max(1, Math.min(proofTimeoutMs, deadline.leftMs()));
  const common = { cage, directory, signal, timeoutMs };
  const bundles = await makeBundles({ ...common, entries, isPackage: (name) => isKnown(name, packages) });
  if (bundles.kind === "impossible") return { bundles, apis: [] };
  const apis: (string | null)[] = [];
  for (const { directory: packageDirectory, entries: own } of offered) {
    const declarations = await emitDeclarations({ ...common, packageDirectory });
    apis.push(declarations === null ? null : publicApi(declarations, own));
  }
  return { bundles, apis };
}

function isKnown(specifier: string, packages: ReadonlySet<string>): boolean {
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
  return packages.has(name) || /^(?:https?:|data:)/.test(specifier);
}

function compare({ entries, offered }: Product, before: Portrait, after: Portrait): Proof {
  const common = { entries: entries.length };
  if (before.bundles.kind === "impossible" || after.bundles.kind === "impossible") {
    const because = after.bundles.kind === "impossible" ? after.bundles.because : "";
    return {
      ...common,
      bundles: "different",
      declarations: "none",
      because: `it cannot be bundled any more: ${because}`,
    };
  }
  const [was, is] = [before.bundles.hashes, after.bundles.hashes];
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].toSorted();
  const differs = names.find((name) => was[name] !== is[name]);
  if (differs !== undefined)
    return { ...common, bundles: "different", declarations: "none", because: `the bundle ${differs} is different` };
  const same = { ...common, bundles: "same" } as const;
  if (offered.length === 0) return { ...same, declarations: "none", because: null };
  const unknown = offered.find((_, index) => before.apis[index] === null);
  if (unknown !== undefined)
    return {
      ...same,
      declarations: "impossible",
      because: `${place(unknown.directory)} has no declarations to compare`,
    };
  const changed = offered.find((_, index) => before.apis[index] !== after.apis[index]);
  return changed === undefined
    ? { ...same, declarations: "same", because: null }
    : { ...same, declarations: "different", because: `${place(changed.directory)} offers other types` };
}

function impossible({ entries }: Product, because: string): Proof {
  return { bundles: "impossible", entries: entries.length, declarations: "none", because };
}

function place(directory: RepoPath): string {
  return directory === "" ? "the package" : `the package in ${directory}`;
}
