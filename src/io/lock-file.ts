import { z } from "zod";

/** What a lock file says of a package, all its versions together. */
export type LockedPackage = {
  /** The programs that it brings; null when the lock file says that there are some, but not which. */
  readonly binaries: readonly string[] | null;
  readonly peers: readonly string[];
};

type Found = LockedPackage & { readonly name: string };

/** Reads the packages of a lock file; empty for a kind that says neither programs nor peers, such as that of Yarn 1. */
export function readLockFile(file: string, text: string): ReadonlyMap<string, LockedPackage> {
  const packages = new Map<string, LockedPackage>();
  for (const { name, binaries, peers } of readersOf(file)(text)) {
    const known = packages.get(name);
    const hidden = binaries === null || known?.binaries === null;
    packages.set(name, {
      binaries: hidden ? null : [...new Set([...(known?.binaries ?? []), ...binaries])],
      peers: [...new Set([...(known?.peers ?? []), ...peers])],
    });
  }
  return packages;
}

/** Lock files that are understood, by name. */
export function isReadableLockFile(file: string): boolean {
  return /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lock)$/.test(file);
}

function readersOf(file: string): (text: string) => readonly Found[] {
  if (file.endsWith(".json")) return readNpm;
  if (file.endsWith("bun.lock")) return readBun;
  return file.endsWith("pnpm-lock.yaml") ? readPnpm : readYarn;
}

const names = z.record(z.string(), z.unknown()).optional().catch(undefined);
const details = z.object({
  bin: z.union([z.string(), names]).optional().catch(undefined),
  peerDependencies: names,
  peerDependenciesMeta: names,
});

function toFound(name: string, value: unknown): readonly Found[] {
  const read = details.safeParse(value);
  if (!read.success) return [];
  const { bin, peerDependencies, peerDependenciesMeta } = read.data;
  const binaries = typeof bin === "string" ? [name.replace(/^@[^/]+\//, "")] : Object.keys(bin ?? {});
  return [{ name, binaries, peers: Object.keys({ ...peerDependencies, ...peerDependenciesMeta }) }];
}

function readNpm(text: string): readonly Found[] {
  const lock = z.object({ packages: z.record(z.string(), z.unknown()) }).safeParse(parseJson(text));
  if (!lock.success) return [];
  return Object.entries(lock.data.packages).flatMap(([path, value]) => {
    const name = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path)?.[1];
    return name === undefined ? [] : toFound(name, value);
  });
}

function readBun(text: string): readonly Found[] {
  const json = parseJson(text.replace(/,(?=\s*[}\]])/g, ""));
  const lock = z.object({ packages: z.record(z.string(), z.array(z.unknown())) }).safeParse(json);
  if (!lock.success) return [];
  return Object.values(lock.data.packages).flatMap(([first, ...rest]) => {
    const name = /^(@?[^@]+)@/.exec(String(first))?.[1];
    const about = rest.find((value) => typeof value === "object");
    return name === undefined ? [] : toFound(name, about ?? {});
  });
}

/** Entries of `packages:` by their indentation: `  name@1.0.0:`, then `    peerDependencies:`, then `      react: ^19`. */
function readPnpm(text: string): readonly Found[] {
  const start = text.search(/^packages:$/m);
  const end = text.search(/^snapshots:$/m);
  if (start === -1) return [];
  return blocks(text.slice(start, end === -1 ? undefined : end), /^ {2}'?\/?((?:@[^/]+\/)?[^@'/\s]+)[@/]/).map(
    ({ name, lines }) => ({
      name,
      binaries: lines.some((line) => /^ {4}hasBin: true/.test(line)) ? null : [],
      peers: keysBelow(lines, /^ {4}peerDependencies(Meta)?:/, /^ {6}'?([^':\s]+)'?:/),
    }),
  );
}

/** Yarn since 2: `"name@npm:^1.0.0":` at the margin, its fields by two and their keys by four spaces. */
function readYarn(text: string): readonly Found[] {
  if (!/^__metadata:/m.test(text)) return [];
  return blocks(text, /^"?((?:@[^/]+\/)?[^@"\s]+)@/).map(({ name, lines }) => ({
    name,
    binaries: keysBelow(lines, /^ {2}bin:/, /^ {4}"?([^":\s]+)"?:/),
    peers: keysBelow(lines, /^ {2}peerDependencies(Meta)?:/, /^ {4}"?([^":\s]+)"?:/),
  }));
}

/** Stretches of lines, each beginning with one that names a package. */
function blocks(text: string, head: RegExp): readonly { readonly name: string; readonly lines: readonly string[] }[] {
  const found: { readonly name: string; readonly lines: string[] }[] = [];
  for (const line of text.split(/\r?\n/)) {
    const name = head.exec(line)?.[1];
    if (name === undefined) found.at(-1)?.lines.push(line);
    else found.push({ name, lines: [] });
  }
  return found;
}

function keysBelow(lines: readonly string[], head: RegExp, key: RegExp): readonly string[] {
  const keys: string[] = [];
  let isInside = false;
  for (const line of lines) {
    const name = isInside ? key.exec(line)?.[1] : undefined;
    if (head.test(line)) isInside = true;
    else if (name !== undefined) keys.push(name);
    // Deeper lines belong to the key above them.
    else if (!/^ {6,}\S/.test(line)) isInside = false;
  }
  return keys;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
