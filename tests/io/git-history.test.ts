import { describe, expect, it } from "vitest";
import { blame, lastCommit } from "../../src/io/git-history.ts";
import { mirrorOf, plantCommit, plantRepository } from "./planted-repository.ts";
import { temporaryFolder } from "./temporary-folder.ts";

describe("blame", () => {
  it("names the newest commit of each range and looks through ignored ones", async () => {
    await using folder = await temporaryFolder();
    const { location } = mirrorOf(folder.path);
    const first = await plantRepository(location, { "two words.ts": "a\nb\nc\nd\n" });
    const second = await plantCommit(location, { "two words.ts": "a\nB\nc\nd\n" }, 2);
    const reformat = await plantCommit(location, { "two words.ts": "a \nB \nc \nd \n" }, 3);
    const unknown = "f".repeat(40);
    const ignore = `# formatting\n${reformat} # prettier\n${unknown}\n`;
    const head = await plantCommit(location, { ".git-blame-ignore-revs": ignore }, 4);
    const ranges = [
      { start: 1, end: 1 },
      { start: 1, end: 3 },
    ];
    const files = [
      { file: "two words.ts", ranges },
      { file: "missing.ts", ranges: [{ start: 1, end: 1 }] },
    ];
    const touch = (commit: string, day: number): object => ({
      commit,
      date: `2026-01-0${day}T12:00:00.000Z`,
      subject: `Day ${day}`,
    });
    expect(await blame({ mirror: location, commit: head, files })).toEqual([
      [touch(first, 1), touch(second, 2)],
      [null],
    ]);
    expect(await blame({ mirror: location, commit: reformat, files: files.slice(0, 1) })).toEqual([
      [touch(reformat, 3), touch(reformat, 3)],
    ]);
    expect(await lastCommit(location, head, "two words.ts")).toEqual({
      commit: reformat,
      date: "2026-01-03T12:00:00.000Z",
      subject: "Day 3",
    });
    expect(await lastCommit(location, head, "missing.ts")).toBeNull();
  });
});
