import { expect, test } from "vitest";
import { modelConfigSchema } from "../../src/core/model-config.ts";
import { examineModel } from "../../src/io/doctor-model.ts";
import { startScriptedModel } from "../model/openai-server.ts";

const { signal } = new AbortController();
const environment = { ORCHARD_KEY: "sk-orchard-0123456789" };

function configured(wish: object) {
  const price = { dollarsPerMillionTokens: { input: 1, output: 1 } };
  return { model: modelConfigSchema.parse({ name: "scripted", keyEnv: "ORCHARD_KEY", ...price, ...wish }) };
}

test("a model is looked at without being asked anything", async () => {
  await using endpoint = await startScriptedModel(() => ({ kind: "status", status: 500 }));
  const { baseUrl } = endpoint;
  const looks = [
    await examineModel({ model: undefined }, { environment, signal }),
    await examineModel(configured({ baseUrl }), { environment, signal }),
    await examineModel(configured({ baseUrl, name: "another" }), { environment, signal }),
    await examineModel(configured({ baseUrl }), { environment: {}, signal }),
    await examineModel(configured({ baseUrl: "http://127.0.0.1:1/v1" }), { environment, signal }),
  ];
  expect(looks.map(([finding]) => [finding?.ok, finding?.finding.replace(baseUrl, "URL")])).toEqual([
    [undefined, undefined],
    [true, "scripted at URL; code is sent only where a policy says model.sendCode"],
    [false, "URL does not offer another"],
    [false, "ORCHARD_KEY is not set"],
    [false, "http://127.0.0.1:1/v1: it cannot be reached"],
  ]);
  expect(endpoint.received).toEqual([]);
});
