import { z } from "zod";
import { readForeignText } from "./foreign-file.ts";

/** The Node that a repository asks for, and the file or field that says so. */
export type NodeWish = {
  /** What to ask the registry for, `node@22`; null: the Node that runs us will do. */
  readonly specifier: string | null;
  readonly source: string | null;
};

const engine = z.object({ name: z.string(), version: z.string().optional() });
const manifestSchema = z.object({
  volta: z.object({ node: z.string().optional() }).optional().catch(undefined),
  devEngines: z
    .object({ runtime: z.union([engine, z.array(engine)]).optional() })
    .optional()
    .catch(undefined),
  engines: z.object({ node: z.string().optional() }).optional().catch(undefined),
});

/** The names of lines with long support, which version managers know. */
const lines: Readonly<Record<string, number>> = { hydrogen: 18, iron: 20, jod: 22, krypton: 24 };

/**
 * Finds the Node that a repository is developed with: a pinned version wins over the range of `engines`, which only says
 * what would do. `ownMajor` is the major version of the Node that runs us; no other is brought where it fits.
 */
export async function findNode(directory: string, ownMajor: number): Promise<NodeWish> {
  const manifest = parse((await readForeignText(directory, "package.json")) ?? "");
  for (const [source, text] of await readPins(directory, manifest)) {
    const version = pinned(text);
    if (version === null) continue;
    return Number(version.split(".")[0]) === ownMajor ? ours : { specifier: `node@${version}`, source };
  }
  const majors = majorsOf(manifest.engines?.node ?? "");
  if (majors === null || majors.some(({ from, to }) => ownMajor >= from && ownMajor <= to)) return ours;
  const newest = Math.max(...majors.map(({ from, to }) => (to === Infinity ? from : to)));
  return { specifier: `node@${newest}`, source: "package.json engines" };
}

/** Where people pin a version, in the order in which it counts. */
async function readPins(
  directory: string,
  { volta, devEngines }: z.output<typeof manifestSchema>,
): Promise<readonly (readonly [string, string])[]> {
  const files = [".nvmrc", ".node-version", ".tool-versions"];
  const texts = await Promise.all(files.map(async (file) => (await readForeignText(directory, file)) ?? ""));
  const runtime = [devEngines?.runtime ?? []].flat().find(({ name }) => name === "node");
  const [nvm = "", nodeVersion = "", tools = ""] = texts;
  return [
    [".nvmrc", nvm],
    [".node-version", nodeVersion],
    [".tool-versions", /^(?:nodejs|node)\s+(\S+)/m.exec(tools)?.[1] ?? ""],
    ["package.json volta", volta?.node ?? ""],
    ["package.json devEngines", runtime?.version ?? ""],
  ];
}

const ours: NodeWish = { specifier: null, source: null };

/** `v20.11`, `20`, `^20.1.0`, `lts/jod`; null for what names no version, such as `node` or `lts/*`. */
function pinned(text: string): string | null {
  const word = text.replace(/#.*$/gm, "").trim().toLowerCase();
  const line = lines[word.replace("lts/", "")];
  if (line !== undefined) return `${line}`;
  const exact = /^v?(\d+(?:\.\d+){0,2})$/.exec(word)?.[1];
  return exact ?? /^[\^~]?v?(\d+)(?:\.[\dx*]+){0,2}$/.exec(word)?.[1] ?? null;
}

/** The major versions that each alternative of a range allows; null when one cannot be read. */
function majorsOf(range: string): readonly { readonly from: number; readonly to: number }[] | null {
  const alternatives = range.split("||").map((one) => one.trim());
  const read = alternatives.map((alternative) => {
    const from = /(?:>=?\s*|^[\^~v=]*)(\d+)/.exec(alternative)?.[1];
    if (from === undefined) return null;
    const below = /<(=?)\s*(\d+)(?:\.(\d+))?/.exec(alternative);
    const isOpen = /^>/.test(alternative);
    const to = below === null ? (isOpen ? Infinity : Number(from)) : Number(below[2]) - (isInclusive(below) ? 0 : 1);
    return { from: Number(from), to };
  });
  return read.some((one) => one === null) ? null : read.flatMap((one) => one ?? []);
}

/** `<=22` and `<22.5` let some 22 in, `<22` and `<22.0` none. */
function isInclusive(below: RegExpExecArray): boolean {
  return below[1] === "=" || Number(below[3] ?? 0) > 0;
}

function parse(text: string): z.output<typeof manifestSchema> {
  try {
    return manifestSchema.parse(JSON.parse(text.replace(/^\uFEFF/, "")));
  } catch {
    return {};
  }
}
