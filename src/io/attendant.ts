import { join } from "node:path";
import type { Service } from "../core/grants.ts";
import { socketName } from "./registry-proxy.ts";

/** What has to be there inside before a command begins. */
type Plan = {
  /** The folder of the proxy's socket as it is seen inside; null: there is none. */
  readonly door: string | null;
  readonly ports: readonly number[];
  readonly services: readonly Service[];
};

/**
 * Runs inside: hands ports of its own on to the proxy's socket, starts the services and waits until they answer, and starts
 * the command. Without a network of its own the machine's ports are there already. What is left of the services ends with the sandbox.
 */
const attendant = `
const net = require("node:net");
const { spawn } = require("node:child_process");
const [text, program, ...words] = process.argv.slice(1);
const { socket, ports, services } = JSON.parse(text);
const listen = (port, greet) => new Promise((resolve, reject) => {
  const server = net.createServer((inner) => {
    const outer = net.connect(socket);
    inner.on("error", () => outer.destroy());
    outer.on("error", () => inner.destroy());
    outer.on("close", () => inner.destroy());
    const join = () => { inner.pipe(outer); outer.pipe(inner); };
    if (greet === null) return join();
    outer.write("CONNECT " + greet + " HTTP/1.1\\r\\n\\r\\n");
    outer.once("data", (answer) => (String(answer).includes(" 200 ") ? join() : inner.destroy()));
  }).on("error", (error) => (error.code === "EADDRINUSE" ? resolve(port) : reject(error))).listen(port, "127.0.0.1", () => resolve(server.address().port));
});
const fail = (word) => { console.error("nightsweep: " + word); process.exit(1); };
const answers = (port) => new Promise((resolve) => {
  const probe = net.connect(port, "127.0.0.1").on("connect", () => { probe.destroy(); resolve(true); }).on("error", () => resolve(false));
});
const begin = async ({ name, command, port, seconds }, env) => {
  const child = spawn(command[0], command.slice(1), { env, stdio: ["ignore", "pipe", "pipe"] });
  let tail = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (tail = (tail + data).slice(-2000)));
  let ended = null;
  child.on("error", (error) => (ended = String(error)));
  child.on("exit", (code) => (ended = "it ended with exit code " + code));
  const until = Date.now() + seconds * 1000;
  while (!(await answers(port))) {
    if (ended !== null) fail("the service " + name + " did not start: " + ended + "\\n" + tail);
    if (Date.now() > until) fail("the service " + name + " was not ready within " + seconds + " s\\n" + tail);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return child;
};
const main = async () => {
  const env = { ...process.env };
  if (socket !== null) {
    const address = "http://127.0.0.1:" + (await listen(0, null));
    for (const name of ["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "npm_config_proxy", "npm_config_https_proxy",
      "pnpm_config_proxy", "pnpm_config_https_proxy", "YARN_HTTP_PROXY", "YARN_HTTPS_PROXY"]) env[name] = address;
    for (const name of ["no_proxy", "NO_PROXY"]) env[name] = "localhost,127.0.0.1";
  }
  for (const port of ports) await listen(port, "127.0.0.1:" + port);
  const started = [];
  for (const service of services) started.push(await begin(service, env));
  const child = spawn(program, words, { stdio: "inherit", env });
  child.on("error", (error) => { console.error(String(error)); process.exit(127); });
  child.on("exit", (code) => {
    for (const one of started) one.kill("SIGKILL");
    process.exit(code ?? 1);
  });
};
main().catch((error) => fail(String(error)));
`;

/** The command that runs a command with all that is planned for it; the command itself where nothing is. */
export function attended({ door, ports, services }: Plan, command: readonly [string, ...string[]]): typeof command {
  if (door === null && services.length === 0) return command;
  const plan = { socket: door === null ? null : join(door, socketName), ports: door === null ? [] : ports, services };
  return ["node", "-e", attendant, JSON.stringify(plan), ...command];
}
