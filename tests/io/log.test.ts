import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createLogger } from "../../src/io/log.ts";
import { createMask } from "../../src/io/mask.ts";

const secret = ["pear", "blossom", "91x"].join("-");
const mask = createMask({ environment: { PEAR_TOKEN: secret }, paths: [{ path: "/srv/orchard", as: "." }] });

test("writes one JSON object a line, with secrets and paths masked", () => {
  const lines: string[] = [];
  const logger = createLogger({ level: "info", destination: { write: (line) => lines.push(line) }, mask });
  logger.info({ repo: "orchard", error: new Error(`refused ${secret}`), file: "/srv/orchard/a.ts" }, "stage finished");
  logger.debug({}, "too quiet to be heard");
  expect(lines).toHaveLength(1);
  const line: unknown = JSON.parse(lines[0] ?? "");
  expect(line).toMatchObject({ level: "info", repo: "orchard", file: "./a.ts", msg: "stage finished" });
  expect(lines[0]).toContain("refused ***");
  expect(lines[0]).not.toContain(secret);
});

test("appends to a file, and is silent when asked to be", async () => {
  const directory = await mkdtemp(join(tmpdir(), "nightsweep-log-"));
  const file = join(directory, "logs", "daemon.log");
  createLogger({ level: "info", destination: { file }, mask }).warn({ night: 1 }, "first");
  createLogger({ level: "info", destination: { file }, mask }).error({ night: 2 }, "second");
  createLogger({ level: "silent", destination: { file }, mask }).error({}, "third");
  const lines = (await readFile(file, "utf8")).trimEnd().split("\n");
  expect(lines.map((line) => (/"msg":"(\w+)"/.exec(line) ?? [])[1])).toEqual(["first", "second"]);
  await rm(directory, { recursive: true });
});
