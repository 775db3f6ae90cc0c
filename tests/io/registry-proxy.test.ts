import { createServer } from "node:http";
import { expect, it } from "vitest";
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
  const { stdout } = await exec({ ...common, confinement: { ...confinement, sandbox } });
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
  // Without a wall there is no door: the network is what it is.
  expect(free.stdout).toContain("past it 200");
});
