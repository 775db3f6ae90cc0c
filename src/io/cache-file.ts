import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { deserialize, serialize } from "node:v8";

/** What was computed before, in one file. It only saves time: without it, or when it is damaged, nothing is recalled. */
export type CacheFile = {
  /** The value kept under a key for the same content; undefined when there is none. */
  readonly recall: (key: string, content: string) => unknown;
  readonly keep: (key: string, content: string, value: unknown) => void;
  /** Writes what was recalled or kept since it was opened, and forgets the rest; does nothing when nothing is new. */
  readonly save: () => void;
  /** Whether it held nothing when it was opened. */
  readonly isEmpty: boolean;
};

type Entry = { readonly content: string; readonly bytes: Uint8Array };

/** Opens a cache that is good for one `version` of whoever computes the values; of another one it is empty. */
export function openCacheFile(path: string, version: string): CacheFile {
  const known = readEntries(path, version);
  const used = new Map<string, Entry>();
  let hasNews = false;
  return {
    isEmpty: known.size === 0,
    recall: (key, content) => {
      const entry = known.get(key);
      if (entry?.content !== digest(content)) return undefined;
      used.set(key, entry);
      const value: unknown = deserialize(entry.bytes);
      return value;
    },
    keep: (key, content, value) => {
      used.set(key, { content: digest(content), bytes: serialize(value) });
      hasNews = true;
    },
    save: () => {
      if (hasNews || used.size !== known.size) writeEntries(path, version, used);
    },
  };
}

function digest(content: string): string {
  return createHash("sha256").update(content).digest("base64");
}

/** The file begins with the hash of all that follows, so that a half-written one counts as none. */
function readEntries(path: string, version: string): ReadonlyMap<string, Entry> {
  try {
    const bytes = readFileSync(path);
    const body = bytes.subarray(32);
    if (!createHash("sha256").update(body).digest().equals(bytes.subarray(0, 32))) return new Map();
    const stored: unknown = deserialize(body);
    return isStored(stored) && stored.version === version ? stored.entries : new Map();
  } catch {
    return new Map();
  }
}

function isStored(value: unknown): value is { readonly version: string; readonly entries: Map<string, Entry> } {
  return typeof value === "object" && value !== null && "version" in value && "entries" in value;
}

/** Beside and then over the old one: two processes may write at a time, and the last one stays. */
function writeEntries(path: string, version: string, entries: ReadonlyMap<string, Entry>): void {
  mkdirSync(dirname(path), { recursive: true });
  const body = serialize({ version, entries });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, Buffer.concat([createHash("sha256").update(body).digest(), body]));
  renameSync(draft, path);
}

/** A hash over the files of some folders of this program: it changes when what they compute may have changed. */
export function versionOf(folders: readonly string[]): string {
  const hash = createHash("sha256").update(process.version);
  for (const folder of folders)
    for (const name of readdirSync(folder).toSorted())
      if (/\.[jt]s$/.test(name)) hash.update(name).update(readFileSync(join(folder, name)));
  return hash.digest("base64");
}
