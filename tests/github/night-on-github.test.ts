import { execFileSync } from "node:child_process";
import { chmod, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { temporaryFolder } from "../io/temporary-folder.ts";
import { bareGit } from "./bare-git.ts";
import { calmNight, prepareNight, sufferOne } from "./incidents.ts";

const resources = new AsyncDisposableStack();
let prepared: Awaited<ReturnType<typeof prepareNight>>;
let calm: Awaited<ReturnType<typeof calmNight>>;
let argv = "";
const path = process.env["PATH"];

beforeAll(async () => {
  const folder = resources.use(await temporaryFolder());
  prepared = await prepareNight(folder.path, "app");
  resources.use(prepared.github);
  process.env["PATH"] = `${await spyOnGit(folder.path)}:${path ?? ""}`;
  calm = await calmNight(prepared);
  process.env["PATH"] = path;
  argv = await readFile(join(folder.path, "argv"), "utf8");
}, 300_000);
afterAll(() => resources.disposeAsync());

/** A git in front of the real one that writes down how it is called. */
async function spyOnGit(folder: string): Promise<string> {
  const real = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();
  const bin = join(folder, "bin");
  await mkdir(bin);
  await writeFile(join(bin, "git"), `#!/bin/sh\nprintf '%s\\n' "$*" >> '${folder}/argv'\nexec '${real}' "$@"\n`);
  await chmod(join(bin, "git"), 0o755);
  return bin;
}

test("a night as an app opens drafts with signed commits, one for each candidate", () => {
  const { issues, signed } = calm.repository;
  expect(issues.map(({ title, pull }) => [title, pull?.draft])).toEqual([
    ["Remove 2 unused exports in src", true],
    ["Remove unused file plum.js and 1 more in src", true],
  ]);
  expect(signed.size).toBe(3);
});

test("no token is in an argument, a record, a report, the store, the mirror or what was printed", async () => {
  const { tokens } = prepared.github.world;
  const secrets = tokens.flatMap(({ value }) => [value, Buffer.from(`x-access-token:${value}`).toString("base64")]);
  expect(argv).toMatch(/\bls-remote\b/);
  const files = await readdir(prepared.work, { recursive: true, withFileTypes: true });
  const texts = await Promise.all(
    files.flatMap((file) => (file.isFile() ? [readFile(join(file.parentPath, file.name), "latin1")] : [])),
  );
  expect(texts.length).toBeGreaterThan(20);
  const seen = [argv, calm.stdout, ...texts];
  expect(secrets.filter((secret) => seen.some((text) => text.includes(secret)))).toEqual([]);
});

test("without its store the next night finds what it opened and opens nothing twice", async () => {
  const { github } = prepared;
  // With its CI still running a draft stays one, so the night has nothing to do.
  for (const { number } of calm.repository.issues) await github.setChecks(calm.repository, number, "pending");
  const before = github.writes().length;
  await rm(join(prepared.work, ".nightsweep"), { recursive: true });
  const tomorrow = new Date(Date.now() + 86_400_000);
  const { code, stdout } = await prepared.run(["run"], tomorrow);
  expect(code).toBe(0);
  expect(stdout).toContain("0 pull requests opened");
  expect(github.writes().slice(before)).toEqual([]);
}, 120_000);

test("undo prepares the return of one candidate of a squashed pull request, and of no other", async () => {
  const { github, run } = prepared;
  await github.person(calm.repository).merge(1, "squash");
  const { bare } = calm.repository;
  const message = await bareGit(bare, ["log", "-1", "--format=%B", "refs/pull/1/head"]);
  const candidate = /^Nightsweep-Candidate: (\S+)$/m.exec(message)?.[1] ?? "none";
  const { code, stdout } = await run(["undo", candidate]);
  expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining("/pull/3 brings back") as string });
  const branch = calm.repository.issues[2]?.pull?.branch ?? "";
  const name = /:(?:export:)?(?:[^:]*#)?(\w+)/.exec(candidate)?.[1] ?? "";
  const diff = await bareGit(bare, ["diff", "main", branch]);
  expect(diff).toMatch(new RegExp(`^\\+export function ${name}\\(`, "m"));
  expect(diff.match(/^\+export function/gm)).toHaveLength(1);
  expect(await run(["undo", candidate])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("/pull/3") as string,
  });
  expect(calm.repository.issues).toHaveLength(3);
  expect(await run(["undo", "unused-export:nothing:0f"])).toMatchObject({ code: 1 });
}, 120_000);

test("killed in the middle of a write, the night ends as the calm one", async () => {
  const middle = calm.writes.indexOf("pulls/create") + 1;
  const aftermath = await sufferOne(prepared, { write: middle, kind: "kill", moment: "after" }, calm);
  expect(aftermath).toMatchObject({ operation: "pulls/create", said: "SIGKILL", same: true });
}, 120_000);
