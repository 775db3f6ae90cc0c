import { readFileSync, writeFileSync } from "node:fs";

/**
 * Makes `openai.schema.json` of OpenAI's own description (MIT, the file openapi.json of openai/openai-openapi), given as
 * the only argument: what chat completions take and give, as plain JSON schemas.
 */
const [, , source = "openapi.json"] = process.argv;
const wanted = [
  "CreateChatCompletionRequest",
  "CreateChatCompletionStreamResponse",
  "ErrorResponse",
  "ListModelsResponse",
];

type Json = Readonly<Record<string, unknown>>;

const description: unknown = JSON.parse(readFileSync(source, "utf8"));
const schemas = object(object(object(description)["components"])["schemas"]);
const reached = new Map<string, unknown>();
for (const name of wanted) reach(name);
const lines = [...reached]
  .toSorted(([a], [b]) => (a < b ? -1 : 1))
  .map(([name, schema]) => `    ${JSON.stringify(name)}: ${JSON.stringify(schema)}`);
const version = String(object(object(description)["info"])["version"]);
writeFileSync(
  new URL("openai.schema.json", import.meta.url),
  `{\n  "source": "openai/openai-openapi ${version}",\n  "$defs": {\n${lines.join(",\n")}\n  }\n}\n`,
);

function reach(name: string): void {
  if (reached.has(name)) return;
  reached.set(name, null);
  reached.set(name, trim(schemas[name]));
}

/** Prose, examples and extensions are left out. */
function trim(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(trim);
  if (typeof schema !== "object" || schema === null) return schema;
  const { $ref } = object(schema);
  if (typeof $ref === "string") {
    const name = $ref.replace("#/components/schemas/", "");
    reach(name);
    return { $ref: `#/$defs/${name}` };
  }
  const { nullable, ...rest } = object(schema);
  // A word of OpenAPI 3.0 that is left in places.
  if (nullable !== undefined) return { anyOf: [trim(rest), { type: "null" }] };
  const kept = Object.entries(rest).filter(([key, value]) => !isProse(key, value));
  return Object.fromEntries(
    kept.map(([key, value]) => [
      key,
      key === "properties"
        ? Object.fromEntries(Object.entries(object(value)).map(([name, one]) => [name, trim(one)]))
        : trim(value),
    ]),
  );
}

function isProse(key: string, value: unknown): boolean {
  const prose = [
    "description",
    "title",
    "example",
    "examples",
    "default",
    "deprecated",
    "externalDocs",
    "discriminator",
  ];
  return key.startsWith("x-") || (prose.includes(key) && !("type" in object(value)));
}

function object(value: unknown): Json {
  return typeof value === "object" && value !== null ? (value as Json) : {};
}
