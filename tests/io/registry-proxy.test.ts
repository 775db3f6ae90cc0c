import { createServer } from "node:http";
import { connect, createServer as createTcpServer, type Server } from "node:net";
import { expect, it, vi } from "vitest";
import { exec } from "../../src/io/exec.ts";
import { noSandbox } from "../../src/io/sandbox.ts";
import { resources, sandboxHere } from "./enclosure.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** Asks for addresses through the proxy of its environment, and once past it. */
const customer = `
const http = require("node:http");
const proxy = new URL(process.env.http_proxy ?? "http://127.0.0.1:1");
const [shop, other] = process.argv.slice(1);
const say = (name) => (answer) => { console.log(name, answer.statusCode); answer.resume(); };
const via = (name, method, path) => new Promise((done) => {
  const request = http.request({ host: proxy.hostname, port: proxy.port, method, path });
  request.on("response", (answer) => { say(name)(answer); done(); }).on("connect", (answer, socket) => {
    console.log(name, answer.statusCode); socket.destroy(); done();
  }).on("error", (error) => { console.log(name, error.code); done(); });
  request.end();
});
(async () => {
  await via("shop", "GET", "http://" + shop + "/plum");
  await via("other", "GET", "http://" + other + "/plum");
  await via("tunnel to shop", "CONNECT", shop);
  await via("tunnel to other", "CONNECT", other);
  await via("metadata", "CONNECT", "169.254.169.254:80");
  await new Promise((done) => http.get("http://" + shop).on("response", (answer) => { say("past it")(answer); done(); }).on("error", () => { console.log("past it nothing"); done(); }));
  process.exit(0);
})();`;

it("leads from a sandbox to the hosts that are named, and nowhere else", async () => {
  await using folder = await temporaryFolder();
  const servers = await Promise.all(
    [200, 201].map(async (status) => {
      const server = createServer((_, response) => response.writeHead(status).end());
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const address = server.address();
      return { server, host: `127.0.0.1:${typeof address === "object" ? (address?.port ?? 0) : 0}` };
    }),
  );
  const [shop = "", other = ""] = servers.map(({ host }) => host);
  const sandbox = await sandboxHere();
  const common = { command: ["node", "-e", customer, shop, other], cwd: folder.path, timeoutMs: 20_000 } as const;
  const confinement = { writable: [folder.path], readable: [], network: { hosts: [shop] }, limits: resources };
  const { stdout, refusedHosts } = await exec({ ...common, confinement: { ...confinement, sandbox } });
  const free = await exec({ ...common, confinement: { ...confinement, sandbox: noSandbox("") } });
  for (const { server } of servers) server.close();
  const lines = stdout.trim().split("\n");
  if (sandbox.kind !== "none")
    expect(lines).toEqual([
      "shop 200",
      "other 403",
      "tunnel to shop 200",
      "tunnel to other 403",
      "metadata 403",
      "past it nothing",
    ]);
  if (sandbox.kind !== "none") expect(refusedHosts).toEqual([other, "169.254.169.254:80"].toSorted());
  // Without a wall there is no door: the network is what it is.
  expect(free.stdout).toContain("past it 200");
});

/** Asks for a tunnel many times over and hangs up at once. */
const fickle = `
const net = require("node:net");
const proxy = new URL(process.env.https_proxy);
const [target] = process.argv.slice(1);
let left = 50;
for (let round = 0; round < 50; round++) {
  const socket = net.connect(Number(proxy.port), proxy.hostname, () => {
    socket.write("CONNECT " + target + " HTTP/1.1\\r\\n\\r\\n", () => (round % 2 === 0 ? socket.destroy() : socket.resetAndDestroy()));
  }).on("close", () => { if (--left === 0) process.exit(0); }).on("error", () => undefined);
}`;

it("is not put out by who hangs up before the other side has answered", async () => {
  await using folder = await temporaryFolder();
  const sandbox = await sandboxHere();
  await using shop = await listening(createTcpServer((socket) => socket.on("error", () => undefined)));
  const host = `127.0.0.1:${shop.port}`;
  const common = { cwd: folder.path, timeoutMs: 20_000 };
  const confinement = { sandbox, writable: [folder.path], readable: [], network: { hosts: [host] }, limits: resources };
  if (sandbox.kind === "none") return;
  const { exitCode } = await exec({ ...common, command: ["node", "-e", fickle, host], confinement });
  expect(exitCode).toBe(0);
});

/** Sends a word through a tunnel together with the request for it, as hasty customers do, and prints what comes back. */
const hasty = `
const net = require("node:net");
const proxy = new URL(process.env.https_proxy);
const [target] = process.argv.slice(1);
const socket = net.connect(Number(proxy.port), proxy.hostname, () => socket.write("CONNECT " + target + " HTTP/1.1\\r\\n\\r\\nplum"));
socket.on("data", (data) => process.stdout.write(data)).on("end", () => process.exit(0)).on("error", () => process.exit(1));`;

it.each([
  [
    "leads through the operator's own proxy",
    "gardener:pear",
    "HTTP/1.1 200 Connection established\r\n\r\nechoed plum",
    1,
  ],
  ["says so when that one refuses", "stranger:pear", "HTTP/1.1 502 Bad Gateway\r\n\r\n", 0],
])("%s", async (_, user, answer, tunnels) => {
  await using folder = await temporaryFolder();
  const sandbox = await sandboxHere();
  await using shop = await listening(
    createTcpServer((socket) => socket.once("data", (data) => socket.end(`echoed ${String(data)}`))),
  );
  const targets: string[] = [];
  const upstream = createServer();
  upstream.on("connect", ({ url = "", headers }, socket) => {
    if (headers["proxy-authorization"] !== `Basic ${Buffer.from("gardener:pear").toString("base64")}`)
      return socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
    targets.push(url);
    const inner = connect(shop.port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      socket.pipe(inner).pipe(socket);
    });
    return inner;
  });
  await using proxy = await listening(upstream);
  vi.stubEnv("https_proxy", `http://${user}@127.0.0.1:${proxy.port}`);
  vi.stubEnv("no_proxy", "");
  vi.stubEnv("NO_PROXY", "");
  const host = "registry.plum.example:443";
  const { stdout } = await exec({
    command: ["node", "-e", hasty, host],
    cwd: folder.path,
    timeoutMs: 20_000,
    confinement: { sandbox, writable: [folder.path], readable: [], network: { hosts: [host] }, limits: resources },
  });
  vi.unstubAllEnvs();
  if (sandbox.kind === "none") return;
  expect(stdout).toBe(answer);
  expect(targets).toEqual(Array.from({ length: tunnels }, () => host));
});

async function listening(server: Server): Promise<AsyncDisposable & { readonly port: number }> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" ? (address?.port ?? 0) : 0,
    [Symbol.asyncDispose]: async () => {
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
