import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  copyIfAbsent,
  isDirectory,
  readTextIfPresent,
  temporaryDirectory,
  temporaryWorkFolder,
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

  it("gives each its own work folder, named after its owner and this process", async () => {
    await using first = await temporaryWorkFolder("fruit.orchard");
    await using second = await temporaryWorkFolder("fruit.orchard");
    expect([existsSync(first.path), existsSync(second.path)]).toEqual([true, true]);
    expect(first.path).not.toContain(".");
    expect(first.path).toContain(`fruit-orchard-${process.pid}-`);
  });
});
