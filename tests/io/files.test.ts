import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  copyIfAbsent,
  isDirectory,
  readTextIfPresent,
  sweepStaleFolders,
  temporaryDirectory,
} from "../../src/io/files.ts";

describe("files", () => {
  it("removes a temporary folder with all that is in it", async () => {
    let path = "";
    {
      await using folder = await temporaryDirectory("nightsweep-test-");
      path = folder.path;
      await writeFile(join(path, "plum"), "");
    }
    expect(existsSync(path)).toBe(false);
  });

  it("keeps a byte order mark, and says what is not there", async () => {
    await using folder = await temporaryDirectory("nightsweep-test-");
    await writeFile(join(folder.path, "plum.ts"), "\uFEFFexport {};\r\n");
    expect(await readTextIfPresent(join(folder.path, "plum.ts"))).toBe("\uFEFFexport {};\r\n");
    expect(await readTextIfPresent(join(folder.path, "pear.ts"))).toBeUndefined();
    expect(await isDirectory(folder.path)).toBe(true);
    expect(await isDirectory(join(folder.path, "pear"))).toBe(false);
  });

  it("copies only where nothing is", async () => {
    await using folder = await temporaryDirectory("nightsweep-test-");
    const [from, to] = [join(folder.path, "from"), join(folder.path, "to")];
    await writeFile(from, "1");
    await copyIfAbsent(from, to);
    await writeFile(from, "2");
    await copyIfAbsent(from, to);
    expect(await readFile(to, "utf8")).toBe("1");
  });

  it("sweeps the folders of processes that are gone, and those only", async () => {
    await using folder = await temporaryDirectory("nightsweep-test-");
    const names = { gone: "orchard.4194305.abc", ours: `orchard.${process.pid}.abc`, other: "orchard" };
    for (const name of Object.values(names)) await mkdir(join(folder.path, name));
    await sweepStaleFolders(folder.path);
    expect(existsSync(join(folder.path, names.gone))).toBe(false);
    expect(existsSync(join(folder.path, names.ours))).toBe(true);
    expect(existsSync(join(folder.path, names.other))).toBe(true);
  });
});
