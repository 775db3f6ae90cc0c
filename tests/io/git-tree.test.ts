import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readRemote, updateMirror } from "../../src/io/git-mirror.ts";
import { commitTree, formatPatch, pushCommit, showFile, writeTree } from "../../src/io/git-tree.ts";
import { addWorktree, listFiles } from "../../src/io/git-worktree.ts";
import { git } from "../../src/io/git.ts";
import { mirrorOf, plantRepository } from "./planted-repository.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const names = ["plum.ts", "two words.ts", "Pflaume süß.ts", "a'b\"c.ts", "[id].ts"] as const;

describe.concurrent("writeTree and commitTree", () => {
  it("writes exact bytes under any name, keeps modes, and makes the same commit twice", async () => {
    await using folder = await temporaryFolder();
    const request = mirrorOf(folder.path);
    const planted = Object.fromEntries(names.map((name) => [name, "1\n"]));
    const base = await plantRepository(request.location, { ...planted, "pick.sh": "#!/bin/sh\n", "old.ts": "" });
    const { directory } = await updateMirror(request);
    const text = "\uFEFFexport const süß = 1;\r\n";
    const writes = [...names, "pick.sh"].map((file) => ({ kind: "write" as const, file, text }));
    const changes = [...writes, { kind: "delete" as const, file: "old.ts" }];
    const tree = await writeTree(directory, base, changes);
    expect(await writeTree(directory, base, [])).not.toBe(tree);
    const commit = { tree, parent: base, message: "Pick plums\n\nThey are ripe.", date: "2026-02-01T00:00:00Z" };
    const hash = await commitTree(directory, commit);
    expect(await commitTree(directory, commit)).toBe(hash);
    await using worktree = await addWorktree(directory, hash, join(folder.path, "work"));
    for (const name of names) expect(await readFile(join(worktree.directory, name), "utf8")).toBe(text);
    expect((await stat(join(worktree.directory, "pick.sh"))).mode & 0o111).not.toBe(0);
    expect(await listFiles(worktree.directory)).toEqual([...names, "pick.sh"].toSorted());
    expect(await showFile(directory, hash, "old.ts")).toBeUndefined();
    expect(await git({ directory, words: ["log", "-1", "--format=%an <%ae> %aI", hash] })).toBe(
      "nightsweep <nightsweep@users.noreply.github.com> 2026-02-01T00:00:00+00:00\n",
    );
  });

  it("pushes to a branch only while it is as expected", async () => {
    await using folder = await temporaryFolder();
    const request = mirrorOf(folder.path);
    const base = await plantRepository(request.location, { "plum.ts": "1\n" });
    const { directory } = await updateMirror(request);
    const target = join(folder.path, "forge");
    await git({ directory: folder.path, words: ["init", "--quiet", "--bare", target] });
    const push = { target, branch: "nightsweep/unused-export/src-1", credentials: undefined };
    await pushCommit(directory, { ...push, commit: base, expected: null });
    const tree = await writeTree(directory, base, [{ kind: "delete", file: "plum.ts" }]);
    const next = await commitTree(directory, { tree, parent: base, message: "Next", date: "2026-02-01T00:00:00Z" });
    await expect(pushCommit(directory, { ...push, commit: next, expected: null })).rejects.toMatchObject({
      code: "GIT_FAILED",
    });
    await pushCommit(directory, { ...push, commit: next, expected: base });
    const { branches } = await readRemote(target, { location: target });
    expect(branches).toEqual({ [push.branch]: next });
  });

  it("writes a patch that plain git am takes, with CRLF, Unicode and deletions in it", async () => {
    await using folder = await temporaryFolder();
    const request = mirrorOf(folder.path);
    const planted = {
      "plum.ts": "1\r\n2\r\n3\r\n",
      "pear.ts": "süß\nsauer\n",
      "[id] a.ts": "1\r\n2\r\n",
      "old.ts": "1\r\n",
    };
    const base = await plantRepository(request.location, planted);
    const { directory } = await updateMirror(request);
    const tree = await writeTree(directory, base, [
      { kind: "write", file: "plum.ts", text: "1\r\n3\r\n" },
      { kind: "write", file: "pear.ts", text: "süß\n" },
      { kind: "write", file: "[id] a.ts", text: "2\r\n" },
      { kind: "delete", file: "old.ts" },
    ]);
    const date = "2026-02-01T00:00:00Z";
    const commit = await commitTree(directory, { tree, parent: base, message: "Räume auf", date });
    const patch = join(folder.path, "1.patch");
    await writeFile(patch, await formatPatch(directory, { base, commit }));
    const env = { GIT_COMMITTER_NAME: "Gardener", GIT_COMMITTER_EMAIL: "gardener@example.org" };
    await git({ directory: request.location, words: ["am", "--quiet", patch], env });
    expect((await git({ directory: request.location, words: ["rev-parse", "HEAD^{tree}"] })).trim()).toBe(tree);
    expect(await readFile(patch, "utf8")).toContain("-sauer");
  });
});
