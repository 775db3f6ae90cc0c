import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { parseDocument } from "yaml";
import { z } from "zod";
import { appManifest, newAppAddress } from "../src/io/github-app.ts";
import { missingPermissions } from "../src/io/github-permissions.ts";
import { loadConfig } from "../src/io/config-file.ts";
import { nightsweep } from "./command-line.ts";
import { temporaryFolder } from "./io/temporary-folder.ts";

const root = path.resolve(import.meta.dirname, "..");
const files = ["Dockerfile", "nightsweep.service", "github-actions.yml", "compose.yaml", "kubernetes.yaml"];
const textOf = (file: string) => readFile(path.join(root, "deploy", file), "utf8");

test.each(files)("deploy/%s calls commands and options that there are", async (file) => {
  const text = (await textOf(file)).replace(/^\s*#.*$/gm, "").replace(/", "(?=worker|--config|\/config)/g, '" ');
  const calls = [
    ...text.matchAll(
      /(?:\/cli\.ts|\bexec nightsweep|\bnightsweep(?= doctor)|"nightsweep") (\w+)((?: --[\w-]+(?: [\w.]+)?)*)/g,
    ),
  ];
  expect(calls.length).toBeGreaterThan(0);
  for (const [, command = "", options = ""] of calls) {
    const help = await nightsweep([command, "--help"], { folder: root });
    expect(help.code).toBe(0);
    for (const [option] of options.matchAll(/--[\w-]+/g)) expect(help.stdout).toContain(option);
  }
});

test("the image is built from files that there are, and runs as nobody's root", async () => {
  const text = await textOf("Dockerfile");
  const copied = [...text.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, words = ""]) => words.split(" "));
  expect(copied.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
  expect(text).toMatch(/^USER (?!0$|root$)\S+$/m);
});

test("the workflow is one, with the least of rights", async () => {
  const step = z.union([z.looseObject({ uses: z.string() }), z.looseObject({ run: z.string() })]);
  const workflow = z.strictObject({
    name: z.string(),
    on: z.strictObject({ schedule: z.array(z.strictObject({ cron: z.string() })), workflow_dispatch: z.null() }),
    permissions: z.strictObject({ contents: z.literal("read") }),
    concurrency: z.strictObject({ group: z.string(), "cancel-in-progress": z.literal(false) }),
    jobs: z.record(
      z.string(),
      z.strictObject({ "runs-on": z.string(), "timeout-minutes": z.number(), steps: z.array(step) }),
    ),
  });
  const document = parseDocument(await textOf("github-actions.yml"));
  expect(document.errors).toEqual([]);
  expect(workflow.safeParse(document.toJS()).error).toBeUndefined();
});

describe("init", () => {
  test("writes a configuration that loads, and overwrites nothing", async () => {
    await using folder = await temporaryFolder();
    const words = ["init", "--repository", "../shop", "--window", "23:00-05:00", "--time-zone", "Asia/Kolkata"];
    const first = await nightsweep([...words, "--slack", "SLACK_URL"], { folder: folder.path });
    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(await loadConfig(undefined, folder.path)).toMatchObject({
      repositories: [{ location: "../shop", key: "shop" }],
      schedule: { window: "23:00-05:00", timeZone: "Asia/Kolkata" },
      policy: path.join(folder.path, "nightsweep.policy.yaml"),
      slack: { webhookEnv: "SLACK_URL" },
    });
    expect(await nightsweep(["policy", "check"], { folder: folder.path })).toMatchObject({ code: 0 });
    const second = await nightsweep(words, { folder: folder.path });
    expect(second.code).toBe(2);
    expect(second.stderr).toContain("daemon.config.ts is there already");
  });

  test.each([
    [[], "init needs --repository"],
    [["--repository", "../shop", "--window", "22-6"], 'expected "from-to"'],
    [["--repository", "../shop", "--time-zone", "Orchard"], "expected an IANA time zone"],
    [["--repository", "../shop", "--app", "mine"], "--app takes a number"],
  ])("refuses %j", async (words, message) => {
    await using folder = await temporaryFolder();
    const ended = await nightsweep(["init", ...words], { folder: folder.path });
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain(message);
  });

  test("asks GitHub for the permissions that a night looks for, and for nothing else", () => {
    const { default_permissions: permissions } = appManifest("nightsweep");
    expect(missingPermissions(permissions)).toEqual([]);
    const levels = Object.keys(permissions).filter((name) => permissions[name] === "write");
    expect(levels).toEqual(["contents", "pull_requests", "issues"]);
    const address = new URL(newAppAddress("nightsweep", "acme"));
    expect(address.pathname).toBe("/organizations/acme/settings/apps/new");
    expect(Object.keys(permissions).filter((name) => address.searchParams.get(name) !== permissions[name])).toEqual([]);
  });
});
