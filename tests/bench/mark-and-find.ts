/** What the benchmark measures of nightsweep: mark and find on the work tree of the current folder. */
import { git, records } from "../../src/io/git.ts";
import { markRepository } from "../../src/mark/mark.ts";
import { findGarbage } from "../../src/passes/find.ts";

const directory = process.cwd();
const files = records(await git({ directory, words: ["ls-files", "-z"] })).toSorted();
const { heap } = await markRepository({ directory, files });
process.stdout.write(`${findGarbage(heap).length} candidates\n`);
