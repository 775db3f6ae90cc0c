import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { z } from "zod";
import type { Config } from "../core/config.ts";
import { NightsweepError, toErrorRecord } from "../core/errors.ts";
import { isExample } from "./example-repository.ts";
import { exec } from "./exec.ts";
import { temporaryDirectory } from "./files.ts";
import { noSandbox, type Owner, type Sandbox } from "./sandbox.ts";
import { bubblewrapSandbox } from "./sandbox-bubblewrap.ts";
import { namespacesSandbox } from "./sandbox-namespaces.ts";
import { seatbeltSandbox } from "./sandbox-seatbelt.ts";

/** `required`: foreign code runs in a sandbox or not at all. `available`: in the best one there is. `none`: in none. */
type SandboxWish = Config["sandbox"];

/** The sandbox of this machine, or why there is none. */
type SandboxChoice =
  { readonly kind: "found"; readonly sandbox: Sandbox } | { readonly kind: "missing"; readonly because: string };

/** Where we run as root, foreign code becomes a user that nobody else is; above the range that distributions hand out. */
const foreigner: Owner = { uid: 61_337, gid: 61_337 };
const probeTimeoutMs = 20_000;

/** Asks the machine once in the life of this process. */
let choice: Promise<SandboxChoice> | undefined;

/**
 * The sandbox for a repository's code; our own example also runs where there is none. Throws SANDBOX_UNAVAILABLE with
 * the reason of each that was tried.
 */
export async function sandboxFor(
  repository: { readonly location: string },
  wish: SandboxWish,
  signal: AbortSignal,
): Promise<Sandbox> {
  const said = z.enum(["required", "available", "none"]).catch(wish).parse(process.env["NIGHTSWEEP_SANDBOX"]);
  const found = await chooseSandbox(said === "required" && isExample(repository.location) ? "available" : said, signal);
  if (found.kind === "found") return found.sandbox;
  throw new NightsweepError("SANDBOX_UNAVAILABLE", found.because);
}

/** Finds the strongest sandbox that proves on the spot that it holds; what is not proven is not used. */
function chooseSandbox(wish: SandboxWish, signal: AbortSignal): Promise<SandboxChoice> {
  if (wish === "none") return Promise.resolve({ kind: "found", sandbox: noSandbox("the operator wants none") });
  choice ??= probeAll(signal);
  return choice.then((found) =>
    found.kind === "missing" && wish === "available"
      ? { kind: "found", sandbox: noSandbox(`no sandbox works here: ${found.because}`) }
      : found,
  );
}

async function probeAll(signal: AbortSignal): Promise<SandboxChoice> {
  const owner = process.getuid?.() === 0 ? foreigner : null;
  const ladder =
    process.platform === "darwin" ? [seatbeltSandbox] : process.platform === "linux" ? namespaced(owner) : [];
  const reasons: string[] = [];
  for (const make of ladder) {
    const because = reasons.length === 0 ? "it held in a trial" : `it held in a trial; ${reasons.join("; ")}`;
    const sandbox = make(because);
    const fault = await findFault(sandbox, signal);
    if (fault === null) return { kind: "found", sandbox };
    reasons.push(`${sandbox.kind}: ${fault}`);
  }
  if (ladder.length === 0) reasons.push(`there is none for ${process.platform}`);
  return { kind: "missing", because: reasons.join("; ") };
}

function namespaced(owner: Owner | null): readonly ((because: string) => Sandbox)[] {
  return [(because) => bubblewrapSandbox(because, owner), (because) => namespacesSandbox(because, owner)];
}

/** What a prisoner tries; it prints the names of what worked. */
const attempts = `
const { readFileSync, writeFileSync } = require("node:fs");
const [secret, outside, inside, port, parent] = process.argv.slice(1);
const worked = [];
const attempt = (name, action) => { try { action(); worked.push(name); } catch {} };
attempt("work", () => writeFileSync(inside, "plum"));
attempt("read a file outside", () => readFileSync(secret));
attempt("write a file outside", () => writeFileSync(outside, ""));
attempt("signal the process that started it", () => process.kill(Number(parent), 0));
const end = () => { console.log(JSON.stringify(worked)); process.exit(0); };
const { connect, createServer } = require("node:net");
const reach = (name, number, then) =>
  connect({ host: "127.0.0.1", port: number }).on("connect", () => { worked.push(name); then(); }).on("error", then);
const own = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1", () =>
  reach("serve itself", own.address().port, () => reach("reach a server of the machine", Number(port), end)));
own.on("error", end);
setTimeout(end, 5000);
`;

/** null: it holds, and lets through what it should. */
export async function findFault(sandbox: Sandbox, signal: AbortSignal): Promise<string | null> {
  await using outside = await temporaryDirectory("nightsweep-probe-");
  await using inside = await temporaryDirectory("nightsweep-probe-");
  const secret = join(outside.path, "secret");
  await writeFile(secret, "plum", { mode: 0o644 });
  const server = await listen();
  try {
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const words = [secret, join(outside.path, "written"), join(inside.path, "written"), `${port}`, `${process.pid}`];
    const limits = { memoryMegabytes: 4096, diskMegabytes: 64, processes: 64 };
    const confinement = { sandbox, writable: [inside.path], readable: [], network: "none", limits } as const;
    const command = ["node", "-e", attempts, ...words] as const;
    const cwd = inside.path;
    const answer = await exec({ command, cwd, timeoutMs: probeTimeoutMs, signal, confinement }).catch(toErrorRecord);
    if ("code" in answer) return answer.code === "COMMAND_UNAVAILABLE" ? "it is not installed" : answer.message;
    if (answer.exitCode !== 0)
      return firstLine(answer.stderr) ?? `it ended with exit code ${answer.exitCode ?? "none"}`;
    return await judge(answer.stdout, { written: join(inside.path, "written"), sandbox });
  } finally {
    server.close();
  }
}

async function judge(
  stdout: string,
  { written, sandbox }: { readonly written: string; readonly sandbox: Sandbox },
): Promise<string | null> {
  const worked = z.array(z.string()).parse(JSON.parse(stdout));
  // macOS has no namespace for processes: there other processes of the user can be signalled.
  const signals = sandbox.kind === "seatbelt" ? ["signal the process that started it"] : [];
  const allowed = ["work", ...signals, "serve itself"];
  const surplus = worked.filter((one) => !allowed.includes(one));
  if (surplus.length > 0) return `it did not hold: code inside could ${surplus.join(", ")}`;
  if (!worked.includes("serve itself")) return "code inside could not reach a server of its own";
  const text = existsSync(written) ? await readFile(written, "utf8") : "";
  return text === "plum" ? null : "what it wrote did not arrive";
}

function firstLine(text: string): string | undefined {
  return text.split("\n").find((line) => line.trim() !== "");
}

async function listen(): Promise<Server> {
  const server = createServer((socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", () => {
      resolve(server);
    });
  });
}
