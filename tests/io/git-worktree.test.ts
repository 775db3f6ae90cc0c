import { existsSync } from "node:fs";
import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { updateMirror } from "../../src/io/git-mirror.ts";
import { showFile, writeTree } from "../../src/io/git-tree.ts";
import { addWorktree, listFiles, resetWorktree, resolveCommit } from "../../src/io/git-worktree.ts";
import { git } from "../../src/io/git.ts";
import { mirrorOf, plantCommit, plantRepository } from "./planted-repository.ts";
import { temporaryFolder } from "./temporary-folder.ts";

describe.concurrent("addWorktree", () => {
  it("holds the bytes of the commit whatever the attributes say, and lists regular files only", async () => {
    await using folder = await temporaryFolder();
    const { location } = mirrorOf(folder.path);
    const attributes = "* text=auto eol=crlf\n*.ts filter=evil ident\n";
    await plantRepository(location, { ".gitattributes": attributes, "plum.ts": "// $Id$\n", "pear.ts": "a\r\n" });
    await symlink("plum.ts", join(location, "link.ts"));
    const commit = await plantCommit(location, {}, 2);
    const { directory } = await updateMirror(mirrorOf(folder.path));
    await using worktree = await addWorktree(directory, commit, join(folder.path, "work"));
    expect(await readFile(join(worktree.directory, "plum.ts"), "utf8")).toBe("// $Id$\n");
    expect(await readFile(join(worktree.directory, "pear.ts"), "utf8")).toBe(
      (await showFile(directory, commit, "pear.ts")) ?? "",
    );
    expect(await listFiles(worktree.directory)).toEqual([".gitattributes", "pear.ts", "plum.ts"]);
    expect(await git({ directory: worktree.directory, words: ["status", "--porcelain"] })).toBe("");
  });

  it("leaves out a file whose content is lost, and stays clean all the same", async () => {
    await using folder = await temporaryFolder();
    const request = mirrorOf(folder.path);
    const commit = await plantRepository(request.location, { "plum.ts": "1\n", "plum.gif": "GIF" });
    const blob = (await git({ directory: request.location, words: ["rev-parse", "HEAD:plum.gif"] })).trim();
    await rm(join(request.location, ".git", "objects", blob.slice(0, 2), blob.slice(2)), { force: true });
    const { directory } = await updateMirror(request);
    await using worktree = await addWorktree(directory, commit, join(folder.path, "work"));
    expect(worktree.missing).toEqual(["plum.gif"]);
    const tree = await writeTree(directory, commit, [{ kind: "write", file: "plum.ts", text: "2\n" }]);
    await resetWorktree(worktree.directory, tree, []);
    await resetWorktree(worktree.directory, commit, []);
    expect(await git({ directory: worktree.directory, words: ["status", "--porcelain"] })).toBe("");
  });

  it("is gone after its block", async () => {
    await using folder = await temporaryFolder();
    const request = mirrorOf(folder.path);
    const commit = await plantRepository(request.location, { "plum.ts": "1\n" });
    const { directory } = await updateMirror(request);
    {
      await using worktree = await addWorktree(directory, commit, join(folder.path, "work"));
      expect(existsSync(worktree.directory)).toBe(true);
    }
    expect(existsSync(join(folder.path, "work"))).toBe(false);
    expect((await git({ directory, words: ["worktree", "list"] })).trim().split("\n")).toHaveLength(1);
  });

  it("is reset to any tree, without what builds left behind", async () => {
    await using folder = await temporaryFolder();
    const request = mirrorOf(folder.path);
    const commit = await plantRepository(request.location, { "plum.ts": "1\n", ".gitignore": "dist\nnode_modules\n" });
    const { directory } = await updateMirror(request);
    await using worktree = await addWorktree(directory, commit, join(folder.path, "work"));
    const at = (file: string): string => join(worktree.directory, file);
    for (const name of ["dist", "node_modules", "packages/pear/node_modules"]) {
      await mkdir(at(name), { recursive: true });
      await writeFile(join(at(name), "file"), "");
    }
    await writeFile(at("plum.ts"), "changed by a test\n");
    await resetWorktree(worktree.directory, commit, ["node_modules"]);
    expect(await readFile(at("plum.ts"), "utf8")).toBe("1\n");
    expect(
      ["dist", "node_modules/file", "packages/pear/node_modules/file"].map((name) => existsSync(at(name))),
    ).toEqual([false, true, true]);
  });

  it("finds commits by branch, tag and hash, and nothing else", async () => {
    await using folder = await temporaryFolder();
    const request = mirrorOf(folder.path);
    const commit = await plantRepository(request.location, { "plum.ts": "1\n" });
    await git({ directory: request.location, words: ["tag", "ripe"] });
    const { directory } = await updateMirror(request);
    for (const ref of ["main", "ripe", commit, commit.slice(0, 8)])
      expect(await resolveCommit(directory, ref, "orchard")).toBe(commit);
    for (const ref of ["pear", "--all", "0".repeat(40)])
      await expect(resolveCommit(directory, ref, "orchard")).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
