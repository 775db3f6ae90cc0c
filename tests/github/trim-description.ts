import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { operations } from "./operations.ts";

/**
 * Makes `github.schema.json` of GitHub's own description (MIT): the operations in use and the schemas that they reach,
 * as plain JSON schemas. The package is half a gigabyte unpacked, so it is fetched here and is no dependency.
 */
const source = "@octokit/openapi@23.0.2";

type Json = Readonly<Record<string, unknown>>;

const description = fetchDescription();
const reached = new Map<string, unknown>();
const byId = new Map(operationsOf(description).map((operation) => [operation.id, operation]));
const trimmed = operations.map((id) => {
  const operation = byId.get(id);
  if (operation === undefined) throw new Error(`${source} has no operation ${id}`);
  return [id, trim(operation)] as const;
});
writeFileSync(new URL("github.schema.json", import.meta.url), render());

function fetchDescription(): unknown {
  const folder = mkdtempSync(join(tmpdir(), "nightsweep-openapi-"));
  try {
    execFileSync("npm", ["pack", source, "--silent"], { cwd: folder });
    execFileSync("sh", ["-c", "tar xzf *.tgz package/generated/api.github.com.json"], { cwd: folder });
    return JSON.parse(readFileSync(join(folder, "package/generated/api.github.com.json"), "utf8"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function operationsOf(document: unknown) {
  return Object.entries(object(object(document)["paths"])).flatMap(([path, item]) =>
    Object.entries(object(item)).flatMap(([method, value]) => {
      const { operationId: id } = object(value);
      return typeof id === "string" ? [{ id, method: method.toUpperCase(), path, value: object(value) }] : [];
    }),
  );
}

function trim({ method, path, value }: ReturnType<typeof operationsOf>[number]): Json {
  const parameters = list(value["parameters"]).map((one) => {
    const { name, in: place, required, schema, "x-multi-segment": multiSegment } = object(resolve(one));
    const basic = { name, in: place, required: required === true, schema: toJsonSchema(schema) };
    return multiSegment === true ? { ...basic, multiSegment } : basic;
  });
  const body = object(resolve(value["requestBody"]));
  const bodySchema = contentOf(body);
  const responses = Object.entries(object(value["responses"])).map(([status, response]) => {
    const schema = contentOf(object(resolve(response)));
    return [status, schema === undefined ? null : toJsonSchema(schema)];
  });
  return {
    method,
    path,
    parameters,
    body: bodySchema === undefined ? null : closed(toJsonSchema(bodySchema)),
    responses: Object.fromEntries(responses),
  };
}

function contentOf(message: Json): unknown {
  return object(object(message["content"])["application/json"])["schema"];
}

function resolve(value: unknown): unknown {
  const { $ref } = object(value);
  if (typeof $ref !== "string") return value;
  return resolve(
    $ref
      .slice(2)
      .split("/")
      .reduce<unknown>((at, key) => object(at)[key], description),
  );
}

/** OpenAPI 3.0 to JSON schema: `nullable` becomes a type of its own, and prose, examples and extensions are left out. */
function toJsonSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(toJsonSchema);
  if (typeof schema !== "object" || schema === null) return schema;
  const { $ref, nullable, ...rest } = object(schema);
  if (typeof $ref === "string") return reference($ref);
  const kept = Object.entries(rest).filter(([key, value]) => !isProse(key, value));
  const made: Json = Object.fromEntries(
    kept.map(([key, value]) => [
      key,
      key === "properties"
        ? Object.fromEntries(Object.entries(object(value)).map(([name, one]) => [name, toJsonSchema(one)]))
        : toJsonSchema(value),
    ]),
  );
  return nullable === true ? orNull(made) : made;
}

function isProse(key: string, value: unknown): boolean {
  if (key.startsWith("x-") || key === "externalDocs" || key === "deprecated" || key === "example") return true;
  return (key === "description" || key === "title" || key === "examples" || key === "default") && !isSchemaMap(value);
}

/** `properties` may be called `title`; there the value is a schema, not a text. */
function isSchemaMap(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && "type" in value;
}

function orNull(schema: Json): Json {
  const { type, enum: values, ...rest } = schema;
  if (typeof type !== "string") return { anyOf: [schema, { type: "null" }] };
  return {
    type: [type, "null"],
    ...(Array.isArray(values) ? { enum: [...new Set([...list(values), null])] } : {}),
    ...rest,
  };
}

function reference($ref: string): Json {
  const name = $ref.replace("#/components/schemas/", "");
  if (!reached.has(name)) {
    reached.set(name, null);
    reached.set(name, toJsonSchema(resolve({ $ref })));
  }
  return { $ref: `#/schemas/${name}` };
}

/** GitHub lets a misspelt field pass in silence; a test must not. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const made: Json = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  const isOpen = "properties" in made && !("anyOf" in made) && !("oneOf" in made) && !("additionalProperties" in made);
  return isOpen ? { ...made, additionalProperties: false } : made;
}

/** One line for each operation and schema, so that a new version can be read as a difference. */
function render(): string {
  const lines = (entries: readonly (readonly [string, unknown])[]) =>
    entries.map(([key, value]) => `    ${JSON.stringify(key)}: ${JSON.stringify(value)}`).join(",\n");
  const schemas = [...reached].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{\n  "source": "${source}",\n  "operations": {\n${lines(trimmed)}\n  },\n  "schemas": {\n${lines(schemas)}\n  }\n}\n`;
}

function object(value: unknown): Json {
  return typeof value === "object" && value !== null ? (value as Json) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
