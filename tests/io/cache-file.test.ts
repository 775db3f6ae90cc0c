import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openCacheFile } from "../../src/io/cache-file.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const value = { names: new Set(["apple", "pear"]), at: [1, 2] };

async function written(path: string): Promise<void> {
  const cache = openCacheFile(path, "one");
  cache.keep("fruit", "text of the fruit", value);
  cache.keep("tree", "text of the tree", { rings: 7 });
  cache.save();
  await expect(readFile(path)).resolves.toBeDefined();
}

test("recalls a value for the same content, and nothing for another", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "deep", "a.cache");
  await written(path);
  const cache = openCacheFile(path, "one");
  expect(cache.isEmpty).toBe(false);
  expect(cache.recall("fruit", "text of the fruit")).toEqual(value);
  expect(cache.recall("fruit", "another text")).toBeUndefined();
  expect(cache.recall("stone", "text of the fruit")).toBeUndefined();
});

test("forgets what was not asked for since it was opened", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "a.cache");
  await written(path);
  const second = openCacheFile(path, "one");
  second.recall("fruit", "text of the fruit");
  second.save();
  expect(openCacheFile(path, "one").recall("tree", "text of the tree")).toBeUndefined();
});

const damages: readonly (readonly [string, (bytes: Buffer) => Buffer])[] = [
  ["cut off", (bytes) => bytes.subarray(0, bytes.length - 5)],
  ["one byte changed", (bytes) => Buffer.concat([bytes.subarray(0, 50), Buffer.from([1]), bytes.subarray(51)])],
  ["empty", () => Buffer.alloc(0)],
  ["something else", () => Buffer.from("no cache at all, only a text that is a little longer than a hash")],
];

test.each(damages)("a damaged file counts as none: %s", async (_, damage) => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "a.cache");
  await written(path);
  await writeFile(path, damage(await readFile(path)));
  expect(openCacheFile(path, "one").isEmpty).toBe(true);
});

test("another version recalls nothing", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "a.cache");
  await written(path);
  expect(openCacheFile(path, "two").isEmpty).toBe(true);
});
