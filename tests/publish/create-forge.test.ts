import { expect, test } from "vitest";
import { repoKey } from "../../src/core/names.ts";
import { createForge, type ForgeRequest } from "../../src/publish/create-forge.ts";

const local: ForgeRequest = {
  forge: { kind: "local" },
  stateDirectory: "/srv/orchard/.nightsweep",
  repo: repoKey("fruit/orchard"),
  location: "../orchard",
  dryRun: false,
  environment: { PEAR: "ripe" },
  currentDirectory: "/srv/orchard",
};
const github = (change: Partial<ForgeRequest>, baseUrl = "https://api.github.com"): ForgeRequest => ({
  ...local,
  forge: { kind: "github", baseUrl, tokenEnv: "PEAR" },
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
  ["without a token", github({ github: "a/b", environment: {} }), "TOKEN_MISSING", "PEAR"],
  ["with an empty token", github({ github: "a/b", environment: { PEAR: "" } }), "TOKEN_MISSING", "PEAR"],
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
