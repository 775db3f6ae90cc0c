import { expect, it } from "vitest";
import { readFixes } from "../../src/io/fix-history.ts";
import { git } from "../../src/io/git.ts";
import { mirrorOf, plantCommit, plantRepository } from "./planted-repository.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const source = (line: string) => ["a", "b", line, "c", "d", ""].join("\n");

it.each([
  ["fix: weigh pears too", ["src/apple.ts"]],
  ["Prevent a crash without apples", ["src/apple.ts"]],
  ["fix lint", []],
  ["fix typos", []],
  ["Weigh pears", []],
])("reads what was changed by %j", async (subject, files) => {
  await using folder = await temporaryFolder();
  const { location } = mirrorOf(folder.path);
  await plantRepository(location, { "src/apple.ts": source("old"), "notes.md": "old\n" });
  const head = await plantCommit(location, { "src/apple.ts": source("new"), "notes.md": "new\n" }, 2);
  const words = [
    "-c",
    "user.name=Gardener",
    "-c",
    "user.email=gardener@example.org",
    "commit",
    "--amend",
    "-m",
    subject,
  ];
  await git({ directory: location, words, env: { GIT_COMMITTER_DATE: "2026-01-02T12:00:00Z" } });
  const amended = (await git({ directory: location, words: ["rev-parse", "HEAD"] })).trim();
  expect(amended).not.toBe(head);
  const fixes = await readFixes({ mirror: location, commit: amended, since: new Date("2025-01-01T00:00:00Z") });
  expect(fixes.map((fix) => ({ commit: fix.commit, subject: fix.subject }))).toEqual(
    files.map(() => ({ commit: amended, subject })),
  );
  const before = ["a", "b", "old", "c", "d"];
  const after = ["a", "b", "new", "c", "d"];
  expect(fixes.flatMap(({ hunks }) => hunks)).toEqual(files.map((file) => ({ file, before, after })));
  const later = await readFixes({ mirror: location, commit: amended, since: new Date("2026-02-01T00:00:00Z") });
  expect(later).toEqual([]);
});
