import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isAddress, updateMirror } from "../../src/io/git-mirror.ts";
import { showFile } from "../../src/io/git-tree.ts";
import { addWorktree } from "../../src/io/git-worktree.ts";
import { git } from "../../src/io/git.ts";
import { mirrorOf, plantCommit, plantRepository } from "./planted-repository.ts";
import { temporaryFolder } from "./temporary-folder.ts";

describe.concurrent("updateMirror", () => {
  it("follows the remote: new commits, gone branches, and a HEAD that moved", async () => {
    await using folder = await temporaryFolder();
    const request = mirrorOf(folder.path);
    const first = await plantRepository(request.location, { "plum.ts": "1\n" });
    await git({ directory: request.location, words: ["branch", "old"] });
    const before = await updateMirror(request);
    expect(before.remote).toEqual({ branches: { main: first, old: first }, headBranch: "main", headCommit: first });
    await git({ directory: request.location, words: ["branch", "-D", "old"] });
    await git({ directory: request.location, words: ["checkout", "--quiet", "--detach"] });
    const second = await plantCommit(request.location, { "plum.ts": "2\n" }, 2);
    const after = await updateMirror(request);
    expect(after.remote).toEqual({ branches: { main: first }, headBranch: null, headCommit: second });
    expect(await showFile(after.directory, second, "plum.ts")).toBe("2\n");
  });

  it("makes a damaged mirror anew, and one of another repository", async () => {
    await using folder = await temporaryFolder();
    const request = mirrorOf(folder.path);
    const commit = await plantRepository(request.location, { "plum.ts": "1\n" });
    const { directory } = await updateMirror(request);
    await rm(join(directory, "objects"), { recursive: true });
    await updateMirror(request);
    expect(await showFile(directory, commit, "plum.ts")).toBe("1\n");
    const other = { ...request, location: join(folder.path, "other") };
    const another = await plantRepository(other.location, { "pear.ts": "1\n" });
    await updateMirror(other);
    expect(await showFile(directory, another, "pear.ts")).toBe("1\n");
  });

  it("never touches the repository that it copies, nor its uncommitted work", async () => {
    await using folder = await temporaryFolder();
    const request = mirrorOf(folder.path);
    const commit = await plantRepository(request.location, { "plum.ts": "1\n" });
    await writeFile(join(request.location, "plum.ts"), "not committed\n");
    const { directory } = await updateMirror(request);
    await using worktree = await addWorktree(directory, commit, join(folder.path, "work"));
    expect(await readFile(join(worktree.directory, "plum.ts"), "utf8")).toBe("1\n");
    expect(await readFile(join(request.location, "plum.ts"), "utf8")).toBe("not committed\n");
    const list = await git({ directory: request.location, words: ["worktree", "list"] });
    expect(list.trim().split("\n")).toHaveLength(1);
  });

  it.each([
    ["no such path", () => Promise.resolve(""), "REPOSITORY_NOT_FOUND"],
    ["a folder without git", (path: string) => mkdir(path), "REPOSITORY_NOT_FOUND"],
    ["a repository without a commit", (path: string) => plantRepository(path), "REPOSITORY_EMPTY"],
  ])("refuses %s", async (_what, plant, code) => {
    await using folder = await temporaryFolder();
    const request = mirrorOf(folder.path);
    await plant(request.location);
    await expect(updateMirror(request)).rejects.toMatchObject({ code });
  });

  it("refuses a folder inside a repository, and takes its git directory", async () => {
    await using folder = await temporaryFolder();
    const request = mirrorOf(folder.path);
    await plantRepository(request.location, { "src/plum.ts": "1\n" });
    const inside = { ...request, location: join(request.location, "src") };
    await expect(updateMirror(inside)).rejects.toMatchObject({ code: "REPOSITORY_NOT_FOUND" });
    const bare = { ...request, location: join(request.location, ".git") };
    expect((await updateMirror(bare)).remote.headBranch).toBe("main");
  });

  it.each([
    ["https://github.com/fruit/plum", true],
    ["git@github.com:fruit/plum.git", true],
    ["file:///fruit/plum", true],
    ["./fruit/plum", false],
    ["/fruit/plum:pear", false],
  ])("tells an address from a path: %s", (location, expected) => {
    expect(isAddress(location)).toBe(expected);
  });
});
