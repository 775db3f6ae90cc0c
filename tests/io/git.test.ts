import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { git } from "../../src/io/git.ts";
import { mirrorOf, plantCommit, plantRepository } from "./planted-repository.ts";
import { temporaryFolder } from "./temporary-folder.ts";

describe("git", () => {
  it("never runs a hook of a repository and reads no configuration of the user", async () => {
    await using folder = await temporaryFolder();
    const { location } = mirrorOf(folder.path);
    await plantRepository(location, { "plum.ts": "1\n" });
    const hook = join(location, ".git", "hooks", "post-commit");
    await writeFile(hook, `#!/bin/sh\ntouch ${join(folder.path, "hooked")}\n`, { mode: 0o755 });
    await plantCommit(location, { "plum.ts": "2\n" }, 2);
    expect(existsSync(join(folder.path, "hooked"))).toBe(false);
    const origins = await git({ directory: location, words: ["config", "--list", "--show-origin"] });
    expect(origins.split("\n").filter((line) => line.startsWith("file:") && !line.includes(".git/config"))).toEqual([]);
  });

  it("keeps credentials out of words, addresses and files", async () => {
    await using folder = await temporaryFolder();
    const directory = join(folder.path, "origin");
    await plantRepository(directory, { "plum.ts": "1\n" });
    const credentials = { baseUrl: "https://forge.example/", authorization: "Basic c2VjcmV0" };
    const words = ["config", "--get-urlmatch", "http.extraHeader", "https://forge.example/fruit/plum"];
    expect(await git({ directory, words, credentials })).toBe("Authorization: Basic c2VjcmV0\n");
    expect(await readFile(join(directory, ".git", "config"), "utf8")).not.toContain("c2VjcmV0");
    await expect(git({ directory, words: ["no-such-command"], credentials })).rejects.toMatchObject({
      code: "GIT_FAILED",
      message: "A git command failed: git no-such-command",
    });
  });
});
