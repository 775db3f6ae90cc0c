import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { nightsweep } from "../command-line.ts";
import { bareGit } from "./bare-git.ts";
import { startFakeGitHub } from "./fake-github.ts";
import type { Fault } from "./faults.ts";
import { plantOrchard } from "./planted-orchard.ts";
import type { FakeRepository } from "./world.ts";

const cli = resolve(import.meta.dirname, "..", "..", "src", "cli.ts");
const killer = resolve(import.meta.dirname, "..", "kill-after.ts");

/** What happens to one write of a night: the night is killed before or after it is done, or the write goes wrong. */
export type Incident = { readonly write: number } & (
  { readonly kind: "kill"; readonly moment: "before" | "after" } | { readonly kind: "fault"; readonly fault: Wrong }
);
type Wrong = Fault extends infer One ? (One extends Fault ? Omit<One, "on" | "spare" | "times"> : never) : never;

/** What was found after an incident and another run. */
export type Aftermath = {
  readonly incident: Incident;
  readonly operation: string;
  readonly said: string;
  readonly same: boolean;
};

type GitHub = Awaited<ReturnType<typeof startFakeGitHub>>;

/** A folder of an operator whose night is about to publish, and the GitHub that it publishes to. */
export async function prepareNight(root: string, kind: "token" | "app") {
  const github = await startFakeGitHub(join(root, "github"));
  const original = await plantOrchard(root);
  const token = github.addToken();
  const { appId } = github.install();
  const plantAgain = async (): Promise<FakeRepository> => {
    github.reset();
    return github.addRepository({ name: "fruit/orchard", from: original });
  };
  await plantAgain();
  const prepared = join(root, "prepared");
  const work = join(root, "work");
  await mkdir(prepared, { recursive: true });
  const access = kind === "app" ? { app: { id: appId, privateKeyFile: "app.pem" } } : { tokenEnv: "ORCHARD" };
  const forge = { kind: "github", baseUrl: github.baseUrl, secondsBetweenWrites: 0, requestSeconds: 3, ...access };
  const config = { repositories: [`${github.url}/fruit/orchard.git`], policy: "policy.yaml", forge };
  await writeFile(join(prepared, "daemon.config.ts"), `export default ${JSON.stringify(config)};\n`);
  await writeFile(join(prepared, "policy.yaml"), "version: 1\nname: everything\ndefaultAction: propose\n");
  await writeFile(join(prepared, "app.pem"), github.privateKey);
  const environment = { ORCHARD: token };
  await runInChild(prepared, environment, { NIGHTSWEEP_KILL_AFTER: "verify.json" });
  return {
    ...{ github, work, environment, token },
    /** Back to the moment before anything was published. */
    rewind: async (): Promise<FakeRepository> => {
      await rm(work, { recursive: true, force: true });
      await cp(prepared, work, { recursive: true });
      return plantAgain();
    },
    run: (words: readonly string[] = ["run"], now = new Date()) =>
      nightsweep(words, { folder: work, environment, now }),
  };
}

type Prepared = Awaited<ReturnType<typeof prepareNight>>;

/** Runs the night up to its end with nothing in its way: what everything is compared with. */
export async function calmNight(prepared: Prepared) {
  const repository = await prepared.rewind();
  const { code, stdout, stderr } = await prepared.run();
  if (code !== 0) throw new Error(`the calm night ended with ${code}: ${stdout}${stderr}`);
  return { repository, writes: prepared.github.writes(), state: await endState(prepared.github, repository), stdout };
}

/** Lets one thing happen to one write, runs the night again, and compares what people see with the calm night. */
export async function sufferOne(
  prepared: Prepared,
  incident: Incident,
  calm: { readonly state: string; readonly writes: readonly string[] },
): Promise<Aftermath> {
  const { github, work, environment } = prepared;
  const repository = await prepared.rewind();
  const said = incident.kind === "kill" ? await die(prepared, incident) : await goWrong(prepared, incident);
  github.watch(() => undefined);
  github.world.faults.length = 0;
  for (const token of github.world.tokens) token.expired = false;
  const again = await nightsweep(["run"], { folder: work, environment, now: new Date() });
  const state = await endState(github, repository);
  const operation = calm.writes[incident.write - 1] ?? "unknown";
  return { incident, operation, said, same: again.code === 0 && state === calm.state };
}

async function die(
  { github, work, environment }: Prepared,
  { write, moment }: Extract<Incident, { kind: "kill" }>,
): Promise<string> {
  const child = startChild(work, environment, {});
  github.watch((one) => {
    if (one.number !== write || one.moment !== moment) return undefined;
    child.kill("SIGKILL");
    return "drop";
  });
  await once(child, "exit");
  return String(child.signalCode);
}

/** The line of the report or of the summary that names what went wrong; empty where nobody needs to know. */
async function goWrong(prepared: Prepared, { write, fault }: Extract<Incident, { kind: "fault" }>): Promise<string> {
  prepared.github.fault({ ...fault, on: "write", spare: write - 1 });
  const { stdout, stderr } = await prepared.run();
  const lines = `${stdout}\n${stderr}`.split("\n");
  return lines.find((line) => /forge|GitHub|permission|limit|moved/i.test(line))?.trim() ?? "";
}

function startChild(
  folder: string,
  environment: Readonly<Record<string, string>>,
  more: Readonly<Record<string, string>>,
) {
  const words = more["NIGHTSWEEP_KILL_AFTER"] === undefined ? [] : ["--import", killer];
  const env = { ...process.env, ...environment, ...more, XDG_CACHE_HOME: join(folder, "cache") };
  return spawn(process.execPath, [...words, cli, "run"], { cwd: folder, env, stdio: "ignore" });
}

async function runInChild(...[folder, environment, more]: Parameters<typeof startChild>): Promise<void> {
  await once(startChild(folder, environment, more), "exit");
}

/**
 * What people see on GitHub: pull requests and issues with their words, labels, comments and reviewers, and branches with
 * the trees and messages of their commits. Hashes of commits that GitHub made differ with the time, and so do durations.
 */
async function endState(github: GitHub, repository: FakeRepository): Promise<string> {
  const lines = await bareGit(repository.bare, ["for-each-ref", "--format=%(refname)", "refs/heads"]);
  const branches = await Promise.all(
    lines.split("\n").map(async (ref) => [ref, await bareGit(repository.bare, ["log", "--format=%T %B", ref, "--"])]),
  );
  const issues = repository.issues.map((issue) => ({
    ...{ number: issue.number, title: issue.title, state: issue.state, author: issue.author, labels: issue.labels },
    body: issue.body.replace(/<!--nightsweep:v1 [\w-]+-->/, "<hidden>"),
    comments: issue.comments.map(({ body, author, reactions }) => ({ body, author, reactions })),
    draft: issue.pull?.draft,
    reviewers: issue.pull?.reviewers,
    branch: issue.pull?.branch,
  }));
  return JSON.stringify({ branches, issues, labels: [...repository.labels] }, null, 1)
    .replace(/\b[0-9a-f]{40}\b(?! )/g, "<commit>")
    .replace(/\d+(?:\.\d+)? (?:ms|s)\b/g, "<time>")
    .replaceAll(github.url, "<github>");
}
