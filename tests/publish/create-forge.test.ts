import { expect, test } from "vitest";
import { repoKey } from "../../src/core/names.ts";
import { createForge, type ForgeRequest } from "../../src/publish/create-forge.ts";

const keysOf = (token: string): ForgeRequest["keys"] => ({
  proof: { kind: "token", read: token, write: token },
  pace: () => Promise.resolve(),
});

const local: ForgeRequest = {
  forge: { kind: "local" },
  stateDirectory: "/srv/orchard/.nightsweep",
  repo: repoKey("fruit/orchard"),
  location: "../orchard",
  dryRun: false,
  keys: null,
  currentDirectory: "/srv/orchard",
};
const github = (change: Partial<ForgeRequest>, baseUrl = "https://api.github.com"): ForgeRequest => ({
  ...local,
  forge: { kind: "github", baseUrl, tokenEnv: "PEAR", secondsBetweenWrites: 1, requestSeconds: 30 },
  keys: keysOf("ripe"),
  ...change,
});

test.each<readonly [string, ForgeRequest, string]>([
  ["the local forge", local, "local"],
  ["a dry run", { ...local, dryRun: true }, "local (dry run)"],
  ["a GitHub repository by https", github({ location: "https://github.com/fruit/orchard.git" }), "github"],
  ["a GitHub repository by ssh", github({ location: "git@github.com:fruit/orchard" }), "github"],
  ["a named GitHub repository", github({ github: "fruit/orchard" }), "github"],
  [
    "an Enterprise Server",
    github({ location: "https://git.fruit.example/a/b" }, "https://git.fruit.example/api/v3/"),
    "github",
  ],
])("makes %s", (_what, request, name) => {
  expect(createForge(request).name).toBe(name);
});

test.each<readonly [string, ForgeRequest, string, string]>([
  ["with a classic token", github({ github: "a/b", keys: keysOf("ghp_ripe") }), "TOKEN_CLASSIC", "first letters"],
  ["for a path without a name", github({}), "CONFIG_INVALID", "needs the field github"],
  ["for another host", github({ location: "https://gitlab.example/a/b" }), "CONFIG_INVALID", "on github.com"],
  [
    "over plain http",
    github({ github: "a/b" }, "http://git.fruit.example/api/v3"),
    "CONFIG_INVALID",
    "must begin with https://",
  ],
])("refuses GitHub %s", (_what, request, code, text) => {
  expect(() => createForge(request)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(text) as string }) as Error,
  );
});
