import { access, constants, mkdir } from "node:fs/promises";
import { toErrorRecord } from "../core/errors.ts";
import { sandboxKinds } from "../core/sandbox.ts";
import { loadConfigOrDefaults, type LoadedConfig } from "./config-file.ts";
import { examineDisk, examineSchedule, examineStore } from "./doctor-machine.ts";
import { examineGitHub } from "./doctor-github.ts";
import { examineModel } from "./doctor-model.ts";
import { exec } from "./exec.ts";
import { readPolicy } from "./policy-file.ts";
import { sandboxFor } from "./sandbox-choice.ts";

/** One thing that a night needs, whether it is there, and what to do if it is not. */
export type Finding = {
  readonly ok: boolean;
  readonly subject: string;
  readonly finding: string;
  readonly remedy?: string;
};

const oldestNode = [24, 15] as const;
const programTimeoutMs = 20_000;

const localForge: Finding = { ok: true, subject: "forge", finding: "local: pull requests are branches and patches" };

/** Looks at everything that a night needs; a fault is a finding, nothing is thrown. */
export async function examine(place: {
  readonly config: string | undefined;
  readonly currentDirectory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly now: () => Date;
}): Promise<readonly Finding[]> {
  const programs = [
    examineNode(),
    await examineProgram("git", place.signal),
    await examineProgram("npm", place.signal),
  ];
  const loaded = await loadConfigOrDefaults(place.config, place.currentDirectory, place.environment).catch(
    toErrorRecord,
  );
  if ("code" in loaded)
    return [...programs, { ok: false, subject: "configuration", finding: loaded.message, remedy: loaded.advice }];
  return [
    ...programs,
    { ok: true, subject: "configuration", finding: loaded.file ?? "none here: the defaults are used" },
    await examineSandbox(loaded, place.signal),
    await examinePolicy(loaded),
    await examineFolder("state folder", loaded.stateDirectory),
    await examineFolder("reports folder", loaded.reportsDirectory),
    ...examineSchedule(loaded, place.now()),
    await examineStore(loaded),
    ...(await examineDisk(loaded)),
    ...(loaded.forge.kind === "local" ? [localForge] : await examineGitHub(loaded, place)),
    ...examineSlack(loaded, place.environment),
    ...(await examineModel(loaded, place)),
  ];
}

function examineNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const ok = major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
  const base = { ok, subject: "node", finding: process.versions.node };
  return ok ? base : { ...base, remedy: `Node ${oldestNode.join(".")} or newer is needed.` };
}

async function examineProgram(program: string, signal: AbortSignal): Promise<Finding> {
  const command = { command: [program, "--version"], cwd: process.cwd(), timeoutMs: programTimeoutMs, signal } as const;
  const answer = await exec(command).catch(toErrorRecord);
  if ("code" in answer) return { ok: false, subject: program, finding: answer.message, remedy: answer.advice };
  const ok = answer.exitCode === 0;
  const finding = ok ? answer.stdout.trim() : `exit code ${answer.exitCode ?? "none"}`;
  return { ok, subject: program, finding };
}

async function examineSandbox({ sandbox: wish }: LoadedConfig, signal: AbortSignal): Promise<Finding> {
  const subject = "sandbox";
  const answer = await sandboxFor({ location: "" }, wish, signal).catch(toErrorRecord);
  if ("code" in answer) return { ok: false, subject, finding: answer.message, remedy: answer.advice };
  const { kind, because, owner, layerFault } = answer;
  const user = owner === null ? "" : `; as root we run foreign code as user ${owner.uid}`;
  const packages = kind === "none" || layerFault === null ? "" : `; checks cannot write into packages: ${layerFault}`;
  return { ok: true, subject, finding: `${sandboxKinds[kind]} (${because})${user}${packages}` };
}

async function examinePolicy({ policy }: LoadedConfig): Promise<Finding> {
  const answer = await readPolicy(policy).then(
    () => null,
    (error: unknown) => toErrorRecord(error),
  );
  if (answer === null) return { ok: true, subject: "policy", finding: policy };
  return { ok: false, subject: "policy", finding: answer.message, remedy: answer.advice };
}

async function examineFolder(subject: string, folder: string): Promise<Finding> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
    return { ok: true, subject, finding: folder };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, subject, finding: reason, remedy: `Make the ${subject} writable, or name another one.` };
  }
}

function examineSlack(
  { slack }: LoadedConfig,
  environment: Readonly<Record<string, string | undefined>>,
): readonly Finding[] {
  if (slack === undefined) return [];
  const name = slack.tokenEnv ?? slack.webhookEnv ?? "";
  const ok = (environment[name] ?? "") !== "";
  const secret = { ok, subject: "slack", finding: `${name} is ${ok ? "set" : "not set"}` };
  return [ok ? secret : { ...secret, remedy: `Set ${name}, or take slack out of the configuration.` }];
}
