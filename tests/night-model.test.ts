import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { policySchema, type Policy } from "../src/core/policy-schema.ts";
import { narrow, narrowerLayer } from "../src/core/policy-layers.ts";
import { modelConfigSchema } from "../src/core/model-config.ts";
import { nightId, repoKey } from "../src/core/names.ts";
import type { RepoResult } from "../src/core/stage.ts";
import { readNight } from "../src/io/records.ts";
import { openStore } from "../src/io/store.ts";
import { modelFor, planModel } from "../src/night-model.ts";
import { nightsweep, plant, temporaryFolder, writeFiles } from "./command-line.ts";
import { startScriptedModel } from "./model/openai-server.ts";
import { hostileOrchard, readsThePlan } from "./model/orchard-with-a-plan.ts";

const night = nightId("2026-11-23");
const environment = { ORCHARD_KEY: "sk-orchard-0123456789" };

let root = "";
let remove = (): Promise<void> => Promise.resolve();
beforeAll(async () => {
  ({ path: root, remove } = await temporaryFolder());
});
afterAll(() => remove());

// Two whole nights, each with the checks of the repository.
const timeout = 300_000;

test("a night with a model differs from one without only in what was lowered and in words", { timeout }, async () => {
  await using endpoint = await startScriptedModel(readsThePlan);
  const model = {
    ...{ name: "scripted", baseUrl: endpoint.baseUrl, keyEnv: "ORCHARD_KEY" },
    dollarsPerMillionTokens: { input: 1, output: 1 },
  };
  const folder = path.join(root, "operator");
  await plant(path.join(folder, "orchard"), hostileOrchard);
  const configure = (more: object) => `export default ${JSON.stringify({ ...more, policy: "policy.yaml" })};\n`;
  await writeFiles(folder, {
    "daemon.config.ts": configure({ repositories: ["orchard"], model }),
    "without.config.ts": configure({ repositories: ["orchard"], stateDirectory: "other", reportsDirectory: "others" }),
    "policy.yaml": "version: 1\nname: everything\ndefaultAction: propose\nmodel:\n  sendCode: true\n",
  });
  const without = await nightsweep(["run", "--dry-run", "--config", "without.config.ts"], { folder, environment });
  const withModel = await nightsweep(["run"], { folder, environment });
  expect([without.code, withModel.code, without.stderr + withModel.stderr]).toEqual([0, 0, ""]);
  const [plain] = (await readNight(path.join(folder, "others"), night)).repos;
  const [heard] = (await readNight(path.join(folder, "reports"), night)).repos;
  expect(heard?.stages.find?.candidates).toEqual(plain?.stages.find?.candidates);
  expect(decided(plain)).toEqual({ weighByHand: "propose", pressCider: "propose" });
  expect(decided(heard)).toEqual({ weighByHand: "propose", pressCider: "report" });
  const pullRequests = await texts(path.join(folder, ".nightsweep/forge/orchard"));
  expect(pullRequests).toContain("`scripted` was shown it and objects to nothing");
  expect(pullRequests).not.toContain("-export function pressCider");
  const reports = await texts(path.join(folder, "reports"));
  expect(reports).toContain("## Second opinions");
  expect(reports).toContain("`docs/plan.md:3`");
  expect(reports + pullRequests).not.toContain("sk-orchard");
  const explained = await nightsweep(["explain", "orchard", "src/apple.js#pressCider"], { folder });
  expect(explained.stdout).toContain("2026-11-23 second opinion holds it back: it looks planned rather than dead");
});

function decided(repo: RepoResult | undefined): Readonly<Record<string, string>> {
  const names = new Map((repo?.stages.find?.candidates ?? []).map(({ id, subject }) => [id, subject.name]));
  return Object.fromEntries(
    (repo?.stages.decide?.decisions ?? []).map(({ id, action }) => [names.get(id) ?? id, action]),
  );
}

const allowing = policySchema.parse({ version: 1, name: "open", model: { sendCode: true } });

test.each<[string, Policy, string]>([
  ["the operator's policy says nothing", policySchema.parse({ version: 1, name: "shut" }), "no policy allows it"],
  [
    "the repository forbids it",
    narrow(allowing, [narrowerLayer("repository", { version: 1, name: "own", model: { sendCode: false } }, {})]),
    "no policy allows it",
  ],
  ["there is no key", allowing, "ORCHARD_KEY is not set"],
])("nothing is sent when %s", async (name, policy, because) => {
  await using endpoint = await startScriptedModel(readsThePlan);
  await using store = await openStore(path.join(root, name.replaceAll(/\W/g, "-")));
  const config = modelConfigSchema.parse({
    ...{ name: "scripted", baseUrl: endpoint.baseUrl, keyEnv: "ORCHARD_KEY" },
    dollarsPerMillionTokens: { input: 1, output: 1 },
  });
  const key = because.startsWith("ORCHARD_KEY") ? {} : environment;
  const planned = planModel({ model: config }, { environment: key, now: () => new Date(0), mask: (text) => text });
  const model = modelFor(planned, { store, night, repo: repoKey("orchard"), operator: policy }, policy);
  expect(await model?.ask(question, new AbortController().signal)).toMatchObject({ kind: "unanswered" });
  expect(model?.use().unanswered).toMatchObject([{ count: 1 }]);
  expect(model?.use().unanswered[0]?.because).toContain(because);
  expect(endpoint.received).toEqual([]);
});

const question = {
  ...({
    purpose: "second-opinion",
    about: "pear",
    prompt: { name: "test.v1", text: "?" },
    mostAnswerTokens: 10,
  } as const),
  material: { facts: {}, items: [] },
  schema: policySchema,
};

/** All texts below a folder, one after the other. */
async function texts(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const contents = await Promise.all(
    files.map(({ parentPath, name }) => readFile(path.join(parentPath, name), "utf8")),
  );
  return contents.join("\n");
}
