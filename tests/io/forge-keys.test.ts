import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Config } from "../../src/core/config.ts";
import { readForgeKeys } from "../../src/io/forge-keys.ts";
import { temporaryFolder } from "./temporary-folder.ts";

type GitHub = Extract<Config["forge"], { kind: "github" }>;
const forge = (change: Partial<GitHub>): GitHub => ({
  ...{ kind: "github", baseUrl: "https://api.github.com", tokenEnv: "PEAR" },
  ...{ secondsBetweenWrites: 1, requestSeconds: 30, ...change },
});
const app = (change: object = {}) => forge({ app: { id: 7, privateKeyEnv: "PLUM", ...change } });

test.each<readonly [string, Config["forge"], Record<string, string>, unknown]>([
  ["nothing for the local forge", { kind: "local" }, {}, undefined],
  ["one token for both", forge({}), { PEAR: "ripe" }, { kind: "token", read: "ripe", write: "ripe" }],
  [
    "a token of its own for reading",
    forge({ readTokenEnv: "FIG" }),
    { PEAR: "ripe", FIG: "dried" },
    { kind: "token", read: "dried", write: "ripe" },
  ],
  ["an app by environment", app(), { PLUM: "a\\nb" }, { kind: "app", appId: 7, privateKey: "a\nb" }],
  ["an app by file", app({ privateKeyFile: "app.pem" }), {}, { kind: "app", appId: 7, privateKey: "key" }],
])("reads %s", async (_what, wish, environment, proof) => {
  await using folder = await temporaryFolder();
  await writeFile(join(folder.path, "app.pem"), "key");
  expect((await readForgeKeys(wish, { environment, directory: folder.path }))?.proof).toEqual(proof);
});

test.each<readonly [string, Config["forge"], Record<string, string>, string]>([
  ["no token", forge({}), {}, "PEAR"],
  ["an empty token", forge({}), { PEAR: "" }, "PEAR"],
  ["no token for reading", forge({ readTokenEnv: "FIG" }), { PEAR: "ripe" }, "FIG"],
  ["no key of the app, though there is a token", app(), { PEAR: "ripe" }, "PLUM"],
  ["a file that is not there", app({ privateKeyFile: "no.pem" }), {}, "no.pem"],
])("refuses %s", async (_what, wish, environment, name) => {
  await using folder = await temporaryFolder();
  await expect(readForgeKeys(wish, { environment, directory: folder.path })).rejects.toMatchObject({
    code: "TOKEN_MISSING",
    message: expect.stringContaining(name) as string,
  });
});
