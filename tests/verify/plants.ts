import { dirname, join } from "node:path/posix";
import type { Candidate } from "../../src/core/candidate.ts";
import type { Edit } from "../../src/core/edit.ts";
import { makeCandidate } from "../candidates.ts";

/** Where and how to plant in a repository. */
export type Garden = {
  /** A production entry, and its text. */
  readonly entry: string;
  readonly entryText: string;
  /** What the repository writes behind the names of its own modules. */
  readonly extension: "" | ".js" | ".ts";
  /** A test file that the runner finds. */
  readonly testFile: string;
  /** The line that brings `it`. */
  readonly testImport: string;
};

/** What is meant to see that a plant must not go. */
export type Guard = "reading again" | "type check" | "tests" | "bundles" | "declarations" | "canary" | "nobody";

/** One thing that is planted and proposed for deletion, whatever the mark says of it. */
export type Plant = {
  readonly name: string;
  readonly guard: Guard;
  readonly what: string;
  readonly candidate: Candidate;
};

type Planted = { readonly files: Readonly<Record<string, string>>; readonly plants: readonly Plant[] };

const basket = `export class Basket {
  private readonly fruit: string[] = [];
  put(name: string): void {
    this.fruit.push(name);
  }
  weigh(): number {
    return this.fruit.length;
  }
}
`;
const weigh = "  weigh(): number {\n    return this.fruit.length;\n  }\n";
const put = 'basket.put("victoria");\n';
const ripe = `export function ripe(days: number): boolean {
  if (basket.weigh() === 0) throw new Error("there is no plum in the basket");
  return days > 2;
}
`;
const forgotten = "export function forgotten(): number {\n  return 3;\n}\n";
const shelve = "export function shelve(grams: number): string {\n  return `${shelf.length} ${grams}`;\n}\n";
const unshelved = "export function unshelved(): number {\n  return 4;\n}\n";
const push = 'shelf.push("plum");\n';
const crate = "export type PlumCrate = { readonly grams: number };\n";

/**
 * Adds a few modules to a repository, uses them from one of its entries and from a test, and proposes seven deletions:
 * one for each guard, which nothing before it sees, and a safe one that nobody may stop. The entry offers all of it, so
 * that no setting of a compiler calls it unused.
 */
export function plantIn({ entry, entryText, extension, testFile, testImport }: Garden): Planted {
  const folder = join(dirname(entry), "nightsweep-plants");
  const at = (name: string) => join(folder, `${name}.ts`);
  const back = relativeTo(dirname(testFile), folder);
  const plum = `import { Basket } from "./basket${extension}";\n\nexport const basket: Basket = new Basket();\n${put}\n${ripe}\n${forgotten}`;
  const shelf = `const shelf: string[] = [];\n${push}\n${shelve}\n${unshelved}`;
  const imports = `import { ripe } from "./nightsweep-plants/plum${extension}";\nimport { shelve } from "./nightsweep-plants/shelf${extension}";\n`;
  const sold = `export const plumLabel = (): string => (ripe(3) ? shelve(3) : "");\n${crate}`;
  const files = {
    [at("basket")]: basket,
    [at("plum")]: plum,
    [at("shelf")]: shelf,
    [entry]: `${entryText.trimEnd()}\n${imports}${sold}`,
    [testFile]: `${testImport}import { ripe } from "${back}/plum${extension}";\n\nit("keeps plums", () => {\n  if (!ripe(3)) throw new Error("they are not ripe");\n});\n`,
  };
  const plant = (name: string, guard: Guard, what: string, place: readonly [file: string, piece: string]): Plant => {
    const [file, piece] = place;
    const start = (files[file] ?? "").indexOf(piece);
    const edits: readonly Edit[] = [{ kind: "remove", file, span: { start, end: start + piece.trimEnd().length } }];
    return { name, guard, what, candidate: makeCandidate(name, { subject: { file, name, line: 1 }, edits }) };
  };
  return {
    files,
    plants: [
      plant("ripe", "reading again", "a function that is imported by its name", [at("plum"), ripe]),
      plant("weigh", "type check", "a method that is called on a value from elsewhere", [at("basket"), weigh]),
      plant("put", "tests", "a call that fills what others read", [at("plum"), put]),
      plant("push", "bundles", "the same where no test looks", [at("shelf"), push]),
      plant("PlumCrate", "declarations", "a type that the package offers", [entry, crate]),
      plant("unshelved", "canary", "dead code beside live code that no test runs", [at("shelf"), unshelved]),
      plant("forgotten", "nobody", "dead code beside live code that a test runs", [at("plum"), forgotten]),
    ],
  };
}

function relativeTo(from: string, to: string): string {
  const [start, end] = [from === "." ? [] : from.split("/"), to.split("/")];
  const shared = start.findIndex((part, index) => part !== end[index]);
  const common = shared === -1 ? start.length : shared;
  const words = [...start.slice(common).map(() => ".."), ...end.slice(common)].join("/");
  return words.startsWith(".") ? words : `./${words}`;
}
