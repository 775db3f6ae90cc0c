/**
 * What the benchmark measures of nightsweep: mark and find on the work tree of the current folder. `--memory <folder>`
 * is where it remembers; with `--no-roots` knip is not asked.
 */
import { parseArgs } from "node:util";
import { enableCompileCache } from "node:module";

enableCompileCache();
const { git, records } = await import("../../src/io/git.ts");
const { markRepository } = await import("../../src/mark/mark.ts");
const { findGarbage } = await import("../../src/passes/find.ts");

const { values } = parseArgs({ options: { memory: { type: "string" }, "no-roots": { type: "boolean" } } });
const directory = process.cwd();
const files = records(await git({ directory, words: ["ls-files", "-z"] })).toSorted();
const none = { entries: [], unusedDependencies: [], configErrors: [] };
const { heap } = await markRepository({
  directory,
  files,
  ...(values.memory === undefined ? {} : { memoryFolder: values.memory }),
  ...(values["no-roots"] === true ? { askRoots: () => Promise.resolve(none) } : {}),
});
process.stdout.write(`${findGarbage(heap).length} candidates\n`);
