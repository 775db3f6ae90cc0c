import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nightId } from "../src/core/names.ts";
import { git } from "../src/io/git.ts";
import { readNight } from "../src/io/records.ts";
import { nightsweep, plant, smallOrchard, temporaryFolder, writeFiles, type Files } from "./command-line.ts";

const night = nightId("2026-11-23");
/** Proposes whatever is found: what the standard policy would say is tested elsewhere. */
const proposing = "version: 1\nname: everything\ndefaultAction: propose\n";

let root = "";
let remove = (): Promise<void> => Promise.resolve();
beforeAll(async () => {
  ({ path: root, remove } = await temporaryFolder());
});
afterAll(() => remove());

describe("a night", () => {
  test("opens a pull request whose patch people can take, and does not touch the repository", async () => {
    const folder = await operate("plain", { orchard: smallOrchard });
    const repository = path.join(folder, "orchard");
    await writeFiles(repository, { "src/apple.js": "// half a thought\n" });
    const { code, stdout, stderr } = await nightsweep(["run"], { folder });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/1 pull request opened/);
    expect(await readFile(path.join(repository, "src/apple.js"), "utf8")).toBe("// half a thought\n");
    expect(await inGit(repository, ["branch", "--format=%(refname:short)"])).toBe("main");
    const [branch = ""] = await pullRequests(folder);
    const clone = path.join(folder, "clone");
    await inGit(folder, ["clone", "--quiet", repository, clone]);
    await inGit(clone, ["am", "--quiet", patchOf(folder, branch)]);
    expect(await readFile(path.join(clone, "src/apple.js"), "utf8")).toBe(
      "/** Says whether an apple is ripe. */\nexport function ripe(days) {\n  return days > 120;\n}\n",
    );
  });

  test("of the next day opens nothing twice, and a closed pull request is an answer", async () => {
    const folder = await operate("again", { orchard: smallOrchard });
    await nightsweep(["run"], { folder });
    const opened = await pullRequests(folder);
    const tomorrow = new Date("2026-11-24T02:00:00Z");
    const { stdout } = await nightsweep(["run"], { folder, now: tomorrow });
    expect(stdout).toContain("0 pull requests opened");
    expect(await pullRequests(folder)).toEqual(opened);
    await inGit(path.join(folder, ".nightsweep/forge/orchard.git"), ["branch", "-D", opened[0] ?? ""]);
    const third = await nightsweep(["run"], { folder, now: new Date("2026-11-25T02:00:00Z") });
    expect(third.stdout).toContain("0 pull requests opened");
    expect(await pullRequests(folder)).toEqual([]);
  });

  test("that is dry does everything but publish", async () => {
    const folder = await operate("dry", { orchard: smallOrchard });
    const { code, stdout } = await nightsweep(["run", "--dry-run"], { folder });
    expect(code).toBe(0);
    expect(stdout).toContain("1 pull request would be opened");
    expect(await pullRequests(folder)).toEqual([]);
  });

  test("can be reported again, and replayed from any stage", async () => {
    const folder = await operate("replayed", { orchard: smallOrchard });
    await nightsweep(["run", "--dry-run"], { folder });
    const report = await readFile(path.join(folder, "reports", night, "night.md"), "utf8");
    expect((await nightsweep(["report"], { folder })).stdout.trim()).toBe(report.trim());
    await writeFiles(folder, { "policy.yaml": "version: 1\nname: everything\ndefaultAction: report\n" });
    const replayed = await nightsweep(["replay", night, "orchard", "--from", "decide"], { folder });
    expect(replayed.code).toBe(0);
    expect(replayed.stdout).toContain("0 pull requests would be opened");
    const wrong = await nightsweep(["replay", night, "pear", "--from", "decide"], { folder });
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain("repository pear in night");
  });

  test("takes a single repository with --repo, by name or by path", async () => {
    const folder = await operate("single", { orchard: smallOrchard, "other place/garden": smallOrchard });
    await nightsweep(["run", "--dry-run", "--repo", "other place/garden"], { folder });
    const { repos } = await readNight(path.join(folder, "reports"), night);
    expect(repos.map(({ location }) => location)).toEqual(["other place/garden"]);
  });

  test("holds the state folder for itself", async () => {
    const folder = await operate("locked", { orchard: smallOrchard });
    const both = await Promise.all([nightsweep(["run"], { folder }), nightsweep(["run"], { folder })]);
    expect(both.map(({ code }) => code).toSorted()).toEqual([0, 1]);
    expect(both.map(({ stderr }) => stderr).join("")).toContain("Another night is running on this state folder");
    expect(await pullRequests(folder)).toHaveLength(1);
  });
});

describe("odd but good repositories", () => {
  const apple = (smallOrchard["src/apple.js"] ?? "").toString();
  test("CRLF, BOM, spaces and Unicode in names stay as they are", async () => {
    const folder = await operate("odd", {
      orchard: {
        ...smallOrchard,
        "src/index.js": 'export { ripe } from "./süße äpfel.js";\n',
        "src/apple.js": "export {};\n",
        "src/süße äpfel.js": `\uFEFF${apple.replaceAll("\n", "\r\n")}`,
      },
    });
    expect((await nightsweep(["run"], { folder })).code).toBe(0);
    const branches = await pullRequests(folder);
    const texts = await Promise.all(branches.map((branch) => show(folder, branch, "src/süße äpfel.js")));
    const kept = apple.slice(0, apple.indexOf("\n/** How")).replaceAll("\n", "\r\n");
    expect(texts).toContain(`\uFEFF${kept}`);
  });

  test("a detached HEAD is taken as it stands", async () => {
    const folder = await operate("detached", { orchard: smallOrchard });
    await inGit(path.join(folder, "orchard"), ["checkout", "--quiet", "--detach"]);
    expect(await nightsweep(["run"], { folder })).toMatchObject({ code: 0, stderr: "" });
  });

  test("without tests nothing is more than compiled", async () => {
    const manifest = {
      name: "orchard",
      type: "module",
      main: "src/index.js",
      scripts: { typecheck: "node --check src/index.js" },
    };
    const folder = await operate("untested", {
      orchard: { ...smallOrchard, "package.json": JSON.stringify(manifest), "test/apple.test.js": "" },
    });
    await nightsweep(["run"], { folder });
    const { repos } = await readNight(path.join(folder, "reports"), night);
    expect(repos[0]?.stages.verify?.survivors.map(({ assurance }) => assurance)).toEqual(["compiled"]);
  });

  test("tests that hang are killed, and the repository is reported only", async () => {
    const hanging =
      'import { test } from "node:test";\ntest("ripens", () => new Promise(() => setInterval(() => {}, 1000)));\n';
    const folder = await operate(
      "hanging",
      { orchard: { ...smallOrchard, "test/apple.test.js": hanging } },
      { checkMinutes: 0.03 },
    );
    expect(await nightsweep(["run"], { folder })).toMatchObject({ code: 0 });
    const { repos } = await readNight(path.join(folder, "reports"), night);
    expect(repos[0]?.stages.verify?.baseline.runs.map(({ result }) => result)).toEqual(["timed-out"]);
    expect(await pullRequests(folder)).toEqual([]);
  });
});

/** An operator's folder: a configuration, a policy that proposes, and the repositories. */
async function operate(
  name: string,
  repositories: Readonly<Record<string, Files>>,
  limits: object = {},
): Promise<string> {
  const folder = path.join(root, name);
  for (const [place, files] of Object.entries(repositories)) await plant(path.join(folder, place), files);
  const config = { repositories: Object.keys(repositories), policy: "policy.yaml", limits };
  await writeFiles(folder, {
    "daemon.config.ts": `export default ${JSON.stringify(config)};\n`,
    "policy.yaml": proposing,
  });
  return folder;
}

/** The branches of open pull requests in the local forge. */
async function pullRequests(folder: string): Promise<readonly string[]> {
  const bare = path.join(folder, ".nightsweep/forge/orchard.git");
  const answer = await inGit(
    folder,
    ["--git-dir", bare, "branch", "--list", "nightsweep/*", "--format=%(refname:short)"],
    [128],
  );
  return answer.split("\n").filter((line) => line !== "");
}

function patchOf(folder: string, branch: string): string {
  return path.join(folder, ".nightsweep/forge/orchard", `${branch.replaceAll("/", "~")}.patch`);
}

async function show(folder: string, branch: string, file: string): Promise<string> {
  return git({ directory: path.join(folder, ".nightsweep/forge/orchard.git"), words: ["show", `${branch}:${file}`] });
}

async function inGit(directory: string, words: readonly string[], accept: readonly number[] = []): Promise<string> {
  const who = { GIT_COMMITTER_NAME: "A person", GIT_COMMITTER_EMAIL: "person@example.org" };
  return (await git({ directory, words, accept, env: who })).trim();
}
