import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { z } from "zod";
import { toErrorRecord } from "../core/errors.ts";
import { exec } from "./exec.ts";
import { temporaryDirectory, temporaryWorkFolder } from "./files.ts";
import type { Sandbox } from "./sandbox.ts";
import { prepareLayer } from "./sandbox-layers.ts";

const probeTimeoutMs = 20_000;

/** The kernel counts what other runs of the same user have started as well: a low number would find a fault in them. */
const probeLimits = { memoryMegabytes: 4096, diskMegabytes: 64, processes: 16_384 };

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
    const confinement = {
      sandbox,
      writable: [inside.path],
      readable: [],
      network: "none",
      limits: probeLimits,
    } as const;
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

/** Twice the same: the second run must find what the first one wrote. */
const writer = `
const { appendFileSync, readFileSync, writeFileSync } = require("node:fs");
writeFileSync("apple", readFileSync("plum"));
appendFileSync("pear", "pear");
console.log(readFileSync("pear", "utf8"));
`;

/**
 * null: what is written into a layered folder is read again by a later run with the same layer, and the folder itself
 * stays as it is. It is tried where work trees lie, since not every disk can hold a layer.
 */
export async function findLayerFault(sandbox: Sandbox, signal: AbortSignal): Promise<string | null> {
  await using place = await temporaryWorkFolder("probe");
  const folder = join(place.path, "packages");
  const layer = join(place.path, "layer");
  await mkdir(folder);
  await writeFile(join(folder, "plum"), "plum");
  await prepareLayer({ layer }, sandbox.owner);
  const layered = [{ folder, layer }];
  const confinement = {
    sandbox,
    writable: [],
    readable: [folder],
    layered,
    network: "none",
    limits: probeLimits,
  } as const;
  const command = ["node", "-e", writer] as const;
  for (const expected of ["pear\n", "pearpear\n"]) {
    const run = { command, cwd: folder, timeoutMs: probeTimeoutMs, signal, confinement };
    const answer = await exec(run).catch(toErrorRecord);
    if ("code" in answer) return answer.message;
    if (answer.stdout !== expected) return answer.stderr.split("\n").find((line) => line !== "") ?? "it did not work";
  }
  const left = await readdir(folder);
  return left.length === 1 ? null : "what was written arrived in the folder itself";
}
