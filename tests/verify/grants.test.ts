import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { describeGrants, describeUnmet, grantedVariables, noGrants } from "../../src/core/grants.ts";
import { checks, drop, run, shop } from "./shop.ts";

/** Tests that want a till to answer, and a key for it. */
const wanting = (port: number): string => `import { connect } from "node:net";
const key = process.env.TILL_KEY ?? "no key";
connect(${port}, "127.0.0.1").on("connect", function () { this.write(key); }).on("data", (data) => {
  const isOpen = String(data) === "open with plum-and-pear";
  console.log(String(data) + "\\nℹ pass " + (isOpen ? 1 : 0) + "\\nℹ fail " + (isOpen ? 0 : 1));
  process.exit(isOpen ? 0 : 1);
}).on("error", (error) => { console.log(String(error)); process.exit(1); });
`;
const till = `import { createServer } from "node:net";
createServer((socket) => socket.on("error", () => {}).on("data", (data) => socket.write("open with " + data))).listen(4711, "127.0.0.1");
`;
const sweeps = { pear: drop("src/pear.js") };
const service = { name: "till", command: ["node", "till.mjs"], port: 4711, seconds: 20 };
const server = createServer((socket) =>
  socket.on("error", () => undefined).on("data", (data) => socket.write(`open with ${data.toString()}`)),
);
let port = 0;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  port = typeof address === "object" && address !== null ? address.port : 0;
  vi.stubEnv("TILL_KEY", "plum-and-pear");
});
afterAll(() => {
  vi.unstubAllEnvs();
  server.close();
});

describe("what the operator grants", () => {
  const files = { ...shop, "test.mjs": wanting(4711), "till.mjs": till };

  it("is there for the checks: a service and a variable, whose value is not shown", async () => {
    const grants = { ...noGrants, services: [service], environment: ["TILL_KEY"] };
    const { summary, verification } = await run({ files, checks, sweeps, grants });
    expect(summary.survivors).toEqual(["pear tested"]);
    expect(verification.baseline.runs.at(-1)?.tail).toContain("open with ***");
  });

  it("is not there without it, and the red baseline says what to grant", async () => {
    const { summary, verification } = await run({ files, checks, sweeps });
    expect(summary.untested).toEqual(["pear: red baseline"]);
    expect(verification.remedies).toEqual([expect.stringContaining("a server on port 4711")]);
  });

  it("is a port of the machine, at the same port of localhost", async () => {
    const own = { ...shop, "test.mjs": wanting(port) };
    const grants = { ...noGrants, network: { hosts: [], ports: [port] }, environment: ["TILL_KEY=plum-and-pear"] };
    const { summary } = await run({ files: own, checks, sweeps, grants });
    expect(summary.survivors).toEqual(["pear tested"]);
  });

  it("is no service that does not come", async () => {
    const broken = { ...service, command: ["node", "-e", "console.log('no money'); process.exit(3)"] };
    const { verification } = await run({ files, checks, sweeps, grants: { ...noGrants, services: [broken] } });
    expect(verification.baseline.survived).toBe(false);
    expect(verification.baseline.runs[0]?.tail).toContain("the service till did not start: it ended with exit code 3");
    expect(verification.baseline.runs[0]?.tail).toContain("no money");
  });
});

describe("what a repository asks for", () => {
  const asking = (text: string) => ({ ...shop, ".github/nightsweep.yml": `version: 1\n${text}` });

  it("is shown until the operator gives it, and never given by itself", async () => {
    const files = asking('asks:\n  environment: ["TILL_KEY"]\n  network: { hosts: ["fruit.example:443"] }\n');
    const { record } = await run({ files, checks, sweeps, grants: { ...noGrants, environment: ["TILL_KEY"] } });
    expect(record.grants).toEqual(["environment: TILL_KEY"]);
    expect(record.unmet).toEqual(["network: fruit.example:443"]);
    const { record: alone } = await run({ files, checks, sweeps });
    expect(alone.grants).toBeUndefined();
    expect(alone.unmet).toEqual(["network: fruit.example:443", "environment: TILL_KEY"]);
  });
});

describe("grants in words", () => {
  const grants = {
    ...noGrants,
    environment: ["TILL_KEY=secret", "ORCHARD"],
    installScripts: ["plum"],
    services: [service],
  };

  it("name what is given, without values", () => {
    expect(describeGrants(grants)).toEqual([
      "environment: TILL_KEY",
      "environment: ORCHARD",
      "service: till (node till.mjs)",
      "install script: plum",
    ]);
    expect(describeGrants(noGrants)).toEqual([]);
  });

  it("name what was asked for in vain", () => {
    const asks = { ...noGrants, environment: ["ORCHARD"], network: { hosts: ["fruit.example:443"], ports: [] } };
    expect(describeUnmet(asks, grants)).toEqual(["network: fruit.example:443"]);
    expect(describeUnmet(grants, grants)).toEqual([]);
  });

  it("leave out variables that are not set", () => {
    expect(grantedVariables(grants, { ORCHARD: undefined })).toEqual({ TILL_KEY: "secret" });
  });
});
