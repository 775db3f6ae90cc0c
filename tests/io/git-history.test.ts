import { describe, expect, it } from "vitest";
import { blame, lastCommit } from "../../src/io/git-history.ts";
import { git } from "../../src/io/git.ts";
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
      author: "Gardener",
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
      author: "Gardener",
    });
    expect(await lastCommit(location, head, "missing.ts")).toBeNull();
  });

  const apple = ["export function apple(basket) {", "  const ripe = basket.filter((one) => one.days > 120);"];
  const body = [...apple, "  return ripe.length * 150;", "}", ""].join("\n");
  const pear = "export const pears = 12;\nexport const juicyPears = pears - 3;\n";
  const other = "export const plums = 7;\nexport const ripePlums = plums - 2;\n";

  it.each([
    ["renamed", [{ "old.ts": body }, { "old.ts": null, "new.ts": body }], 1],
    [
      "renamed into a folder and back",
      [{ "new.ts": body }, { "new.ts": null, "a/b.ts": body }, { "a/b.ts": null, "new.ts": body }],
      1,
    ],
    ["moved within its file", [{ "new.ts": pear + other + body }, { "new.ts": body + pear + other }], 1],
    [
      "moved from another file",
      [
        { "old.ts": body + pear, "new.ts": other },
        { "old.ts": pear, "new.ts": body + other },
      ],
      1,
    ],
    ["moved into a new file", [{ "old.ts": pear + body }, { "old.ts": pear, "new.ts": body }], 1],
    [
      "copied from another file",
      [
        { "old.ts": body + pear, "new.ts": other },
        { "old.ts": `${body}${pear}// pears\n`, "new.ts": body + other },
      ],
      2,
    ],
    [
      "copied into a new file",
      [{ "old.ts": body + pear }, { "old.ts": `${body}${pear}// pears\n`, "new.ts": body }],
      2,
    ],
    ["moved and changed", [{ "old.ts": pear + body }, { "old.ts": pear, "new.ts": body.replace("150", "160") }], 2],
  ])("code that was %s", async (_what, plantings, day) => {
    await using folder = await temporaryFolder();
    const { location } = mirrorOf(folder.path);
    const commit = await plantRepository(location, ...plantings);
    const files = [{ file: "new.ts", ranges: [{ start: 1, end: 4 }] }];
    const [[touch] = []] = await blame({ mirror: location, commit, files, movesSince: "2025-12-31T00:00:00.000Z" });
    expect(touch?.subject).toBe(`Day ${day}`);
  });

  it("asks no further where the code is old enough", async () => {
    await using folder = await temporaryFolder();
    const { location } = mirrorOf(folder.path);
    const commit = await plantRepository(location, { "old.ts": pear + body }, { "old.ts": pear, "new.ts": body });
    const files = [{ file: "new.ts", ranges: [{ start: 1, end: 4 }] }];
    const [[touch] = []] = await blame({ mirror: location, commit, files, movesSince: "2026-01-03T00:00:00.000Z" });
    expect(touch?.subject).toBe("Day 2");
  });

  it("does not know the age of what a shallow history begins with", async () => {
    await using folder = await temporaryFolder();
    const { location } = mirrorOf(folder.path);
    await plantRepository(location, { "a.ts": "a\nb\n" }, { "a.ts": "a\nB\n" }, { "a.ts": "a\nB\nc\n" });
    const mirror = `${folder.path}/shallow`;
    await git({
      directory: folder.path,
      words: ["clone", "--quiet", "--bare", "--depth=2", `file://${location}`, mirror],
    });
    const ranges = [1, 2, 3].map((line) => ({ start: line, end: line }));
    const [touches = []] = await blame({ mirror, commit: "HEAD", files: [{ file: "a.ts", ranges }] });
    expect(touches.map((touch) => touch?.subject)).toEqual([undefined, undefined, "Day 3"]);
  });

  it("does not know the age where versions of a file are missing", async () => {
    await using folder = await temporaryFolder();
    const { location } = mirrorOf(folder.path);
    await plantRepository(location, { "a.ts": "a\n", "b.ts": "b\n" }, { "a.ts": "a\nb\n" });
    await git({ directory: location, words: ["config", "uploadpack.allowFilter", "true"] });
    const mirror = `${folder.path}/blobless`;
    const words = ["clone", "--quiet", "--bare", "--filter=blob:none", `file://${location}`, mirror];
    await git({ directory: folder.path, words });
    const files = [{ file: "a.ts", ranges: [{ start: 1, end: 1 }] }];
    expect(await blame({ mirror, commit: "HEAD", files })).toEqual([[null]]);
  });
});
