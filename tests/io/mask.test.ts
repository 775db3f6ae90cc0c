import { expect, test } from "vitest";
import { createMask, maskDeep } from "../../src/io/mask.ts";

const secret = ["pear", "blossom", "91x"].join("-");
const mask = createMask({
  environment: {
    GITHUB_TOKEN: secret,
    SLACK_WEBHOOK: `https://hooks.example/${secret}/x`,
    NPM_AUTH: "true",
    PATH: "/usr/bin:/bin",
  },
  paths: [
    { path: "/srv/orchard", as: "." },
    { path: "/srv/orchard/state/worktree", as: "" },
    { path: "/home/ana", as: "~" },
  ],
});

const letters = "abcdefghijklmnopqrstuvwxyz0123456789ABCD";
/** Put together here, so that no scanner takes a made-up secret of this file for a real one. */
const shaped = (prefix: string, length = 36) => prefix + letters.slice(0, length);

test.each([
  ["the value of a secret variable", `pushed with ${secret}.`, "pushed with ***."],
  ["its base64", Buffer.from(secret).toString("base64"), "***"],
  ["git's own header", `Basic ${Buffer.from(`x-access-token:${secret}`).toString("base64")}`, "Basic ***"],
  ["a classic token", `a ${shaped("ghp_")} b`, "a *** b"],
  ["an installation token", shaped("ghs_"), "***"],
  ["a fine-grained token", shaped("github_pat_", 30), "***"],
  ["a Slack token", `${shaped("xoxb-", 20)} sent`, "*** sent"],
  ["a webhook", "https://hooks.slack.com/services/T0/B0/cherry", "https://hooks.slack.com/services/***"],
  ["an npm token", shaped("npm_"), "***"],
  ["an API key", shaped("sk-", 30), "***"],
  ["a bearer header", `Authorization: Bearer ${letters}`, "Authorization: Bearer ***"],
  ["a token header", `authorization: token ${letters}`, "authorization: token ***"],
  ["a password in a URL", "https://ana:plum@host.example/x", "https://***@host.example/x"],
  ["a token as user of a URL", `https://${letters}@host.example/x`, "https://***@host.example/x"],
  ["an npmrc line", "//host.example/:_authToken=quince", "//host.example/:_authToken=***"],
  ["a private key", "-----BEGIN RSA PRIVATE KEY-----\nfig\n-----END RSA PRIVATE KEY-----\nrest", "***\nrest"],
  ["a path of the checkout", "at /srv/orchard/state/worktree/src/a.ts:3", "at src/a.ts:3"],
  ["a path as a URL", "file:///srv/orchard/src/a.ts", "file://./src/a.ts"],
  ["a path at the end of a sentence", "see /srv/orchard.", "see .."],
  ["a home folder", "/home/ana/.npmrc", "~/.npmrc"],
])("hides %s", (_what, text, shown) => {
  expect(mask(text)).toBe(shown);
});

test.each([
  ["a variable that says true", "the answer is true"],
  ["a longer name that begins like a path", "/srv/orchard-old/x and /srv/orchard.old"],
  ["words after basic", "Basic internationalisation-of-strings works"],
  ["a path after the word token", "the token src/orchard/v2/index.ts"],
  ["a long name in kebab case", "sk-translations-of-fruit"],
  ["a scoped package", "npm install @orchard/pear"],
  ["a commit", "8525fd4e8525fd4e8525fd4e8525fd4e8525fd4e"],
  ["a plain URL", "https://github.com/orchard/pear/pull/3"],
  ["an email", "nightsweep@users.noreply.github.com"],
])("leaves %s", (_what, text) => {
  expect(mask(text)).toBe(text);
});

test("masks strings in JSON, names of fields too, and nothing else", () => {
  expect(maskDeep({ a: [secret, 1, null, true], [`/home/ana/x`]: { b: "pear" } }, mask)).toEqual({
    a: ["***", 1, null, true],
    "~/x": { b: "pear" },
  });
});
