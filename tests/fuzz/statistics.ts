import type { Module } from "../../src/mark/module.ts";
import { readModule } from "../../src/mark/read-module.ts";
import type { Garbage } from "../../src/core/candidate.ts";
import type { Tree } from "../passes/fixtures.ts";

/** What is counted in a program, before and after its sweep. */
export const countedKinds = [
  "files",
  "functions",
  "classes",
  "variables",
  "types",
  "default exports",
  "effects",
  "imports",
  "bare imports",
  "exports",
  "re-exports",
  "stars",
  "dynamic imports",
  "unused locals",
] as const;
type CountedKind = (typeof countedKinds)[number];
type Counts = Readonly<Record<CountedKind, number>>;

/** How much of each kind was there and how much of it went, over a whole run. */
export type Statistics = {
  readonly programs: number;
  /** Programs that lost something, that kept something beside their entry, and that did both. */
  readonly withRemovals: number;
  readonly withSurvivors: number;
  /** Programs that do not run even before the sweep, and those that rely on the accidental load order of a circle. */
  readonly discarded: number;
  readonly orderly: number;
  readonly rounds: Readonly<Record<number, number>>;
  readonly categories: Readonly<Record<string, number>>;
  readonly kinds: Readonly<Record<CountedKind, { readonly before: number; readonly removed: number }>>;
};

/** What a run starts with. */
export const noStatistics: Statistics = {
  programs: 0,
  withRemovals: 0,
  withSurvivors: 0,
  discarded: 0,
  orderly: 0,
  rounds: {},
  categories: {},
  kinds: tally(() => ({ before: 0, removed: 0 })),
};

/** One swept program more. */
export function addProgram(
  sum: Statistics,
  program: {
    readonly before: Tree;
    readonly after: Tree;
    readonly rounds: number;
    readonly garbage: readonly Garbage[];
  },
): Statistics {
  const before = count(program.before);
  const after = count(program.after);
  const categories = { ...sum.categories };
  for (const { category } of program.garbage) categories[category] = (categories[category] ?? 0) + 1;
  return {
    programs: sum.programs + 1,
    withRemovals: sum.withRemovals + (program.rounds > 0 ? 1 : 0),
    withSurvivors: sum.withSurvivors + (after.functions + after.classes + after.variables > 2 ? 1 : 0),
    discarded: sum.discarded,
    orderly: sum.orderly,
    rounds: { ...sum.rounds, [program.rounds]: (sum.rounds[program.rounds] ?? 0) + 1 },
    categories,
    kinds: tally((kind) => ({
      before: sum.kinds[kind].before + before[kind],
      removed: sum.kinds[kind].removed + before[kind] - after[kind],
    })),
  };
}

function tally<Value>(of: (kind: CountedKind) => Value): Readonly<Record<CountedKind, Value>> {
  return {
    files: of("files"),
    functions: of("functions"),
    classes: of("classes"),
    variables: of("variables"),
    types: of("types"),
    "default exports": of("default exports"),
    effects: of("effects"),
    imports: of("imports"),
    "bare imports": of("bare imports"),
    exports: of("exports"),
    "re-exports": of("re-exports"),
    stars: of("stars"),
    "dynamic imports": of("dynamic imports"),
    "unused locals": of("unused locals"),
  };
}

function count(tree: Tree): Counts {
  const modules = Object.entries(tree)
    .filter(([file]) => file.startsWith("src/"))
    .map(([file, text]) => readModule(file, text))
    .filter((module) => "declarations" in module);
  const sum = (of: (module: Module) => number) => modules.reduce((total, module) => total + of(module), 0);
  const declared = (...kinds: readonly string[]) =>
    sum(({ declarations }) => declarations.filter(({ kind }) => kinds.includes(kind)).length);
  return {
    files: modules.length,
    functions: declared("function"),
    classes: declared("class"),
    variables: declared("variable"),
    types: declared("type", "interface", "enum"),
    "default exports": sum(({ exports }) => exports.filter(({ name }) => name === "default").length),
    effects: sum(({ effects }) => effects.length),
    imports: sum(({ imports }) => imports.length),
    "bare imports": sum(
      ({ statements }) => statements.filter(({ kind, size }) => kind === "import" && size === 0).length,
    ),
    exports: sum(({ exports }) => exports.filter(({ source }) => source.kind === "local").length),
    "re-exports": sum(({ exports }) => exports.filter(({ source }) => source.kind === "from").length),
    stars: sum(({ stars }) => stars.length),
    "dynamic imports": sum(({ references }) => references.filter(({ kind }) => kind === "dynamic-import").length),
    "unused locals": sum(({ unusedLocals }) => unusedLocals.length),
  };
}

/** The figures of a run as a table for people. */
export function printStatistics(statistics: Statistics): string {
  const rows = countedKinds.map((kind) => {
    const { before, removed } = statistics.kinds[kind];
    return [kind, String(before), String(removed), String(before - removed)];
  });
  const table = [["kind", "before", "removed", "kept"], ...rows].map(([name = "", ...figures]) =>
    [name.padEnd(16), ...figures.map((figure) => figure.padStart(9))].join(" "),
  );
  const list = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, number]) => `${name} ${number}`)
      .join(", ");
  return [
    `${statistics.programs} programs (${statistics.discarded} more did not run even before the sweep, ${statistics.orderly} rely on the load order of a circle)`,
    `${statistics.withRemovals} lost something, ${statistics.withSurvivors} kept more than two declarations`,
    `rounds: ${list(statistics.rounds)}`,
    `found: ${list(statistics.categories)}`,
    ...table,
  ].join("\n");
}
