import { readFileSync } from "node:fs";
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import addFormatsModule from "ajv-formats";
import { z } from "zod";
import { operations, type OperationId } from "./operations.ts";

const parameterSchema = z.object({
  name: z.string(),
  in: z.enum(["path", "query", "header"]),
  required: z.boolean(),
  schema: z.record(z.string(), z.unknown()),
  multiSegment: z.boolean().optional(),
});
const describedSchema = z.object({
  method: z.string(),
  path: z.string(),
  parameters: z.array(parameterSchema),
  body: z.unknown().optional(),
  responses: z.record(z.string(), z.unknown()),
});
const documentSchema = z.object({
  operations: z.record(z.enum(operations), describedSchema),
  schemas: z.record(z.string(), z.unknown()),
});

const text = readFileSync(new URL("github.schema.json", import.meta.url), "utf8");
const description = documentSchema.parse(JSON.parse(text));
const ajv = createAjv();

/** A request as it is matched with an operation. */
export type Matched = { readonly operation: OperationId; readonly path: Readonly<Record<string, string>> };

const routes = operations.map((operation) => {
  const { method, path, parameters } = description.operations[operation];
  const wide = new Set(parameters.filter(({ multiSegment }) => multiSegment === true).map(({ name }) => name));
  const pattern = path.replace(/\{(\w+)\}/g, (_all, name: string) => `(?<${name}>${wide.has(name) ? ".+" : "[^/]+"})`);
  return { operation, method, pattern: new RegExp(`^${pattern}$`), fixed: path.replace(/\{\w+\}/g, "").length };
});

/** Finds the operation of a request; the one with the most fixed letters where several fit. */
export function matchOperation(method: string, path: string): Matched | null {
  const fitting = routes.filter((route) => route.method === method && route.pattern.test(path));
  const [route] = fitting.toSorted((a, b) => b.fixed - a.fixed);
  if (route === undefined) return null;
  const groups = Object.entries(route.pattern.exec(path)?.groups ?? {});
  return {
    operation: route.operation,
    path: Object.fromEntries(groups.map(([name, value]) => [name, decodeURIComponent(value)])),
  };
}

/** What is wrong with a request; empty when nothing is. */
export function requestProblems(
  { operation, path }: Matched,
  query: Readonly<Record<string, string>>,
  body: unknown,
): readonly string[] {
  const { parameters, body: bodySchema } = description.operations[operation];
  const given = { path, query, header: {} } as const;
  const wrong = parameters.flatMap(({ in: place, name, required, schema }) => {
    const value: string | undefined = Object.entries(given[place]).find(([key]) => key === name)?.[1];
    if (value === undefined) return required && place !== "header" ? [`${place} parameter ${name} is missing`] : [];
    return problemsOf(
      `operations/${escaped(operation)}/parameters/${parameters.findIndex((one) => one.name === name)}/schema`,
      fromText(value, schema),
    );
  });
  const known = new Set(parameters.map(({ name }) => name));
  const unknown = Object.keys(query).filter((name) => !known.has(name));
  const unknownProblems = unknown.map((name) => `there is no query parameter ${name}`);
  if (bodySchema === null)
    return [...wrong, ...unknownProblems, ...(body === undefined ? [] : ["there is a body where none is read"])];
  return [...wrong, ...unknownProblems, ...problemsOf(`operations/${escaped(operation)}/body`, body ?? {})];
}

/** What is wrong with an answer of the fake; empty when nothing is. */
export function responseProblems(operation: OperationId, status: number, body: unknown): readonly string[] {
  const schema = description.operations[operation].responses[String(status)];
  // GitHub answers these to everything and describes them for few.
  if (schema === undefined)
    return [400, 401, 403, 404, 405, 409, 410, 422, 429, 451, 500, 502, 503].includes(status)
      ? []
      : [`${status} is not described`];
  if (schema === null) return body === undefined ? [] : ["there is a body where none is described"];
  return problemsOf(`operations/${escaped(operation)}/responses/${status}`, body);
}

/** Fills what the description requires and the fake has no state for, so that an answer has GitHub's whole shape. */
export function completeResponse(operation: OperationId, status: number, body: unknown): unknown {
  const schema = description.operations[operation].responses[String(status)];
  return schema === undefined || schema === null || body === undefined ? body : complete(schema, body);
}

function complete(schema: unknown, value: unknown): unknown {
  const { properties, required, items } = shapeOf(schema);
  if (Array.isArray(value)) return value.map((item: unknown) => (items === undefined ? item : complete(items, item)));
  if (typeof value !== "object" || value === null) return value;
  const given: Readonly<Record<string, unknown>> = { ...value };
  const filled = required.filter((name) => !(name in given)).map((name) => [name, filler(properties[name])] as const);
  const kept = Object.entries(given).map(([name, one]) => [name, complete(properties[name], one)] as const);
  return Object.fromEntries([...kept, ...filled]);
}

type Shape = {
  readonly type: unknown;
  readonly enum: readonly unknown[] | undefined;
  readonly format: unknown;
  readonly pattern: unknown;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly required: readonly string[];
  readonly items: unknown;
};

const shapeSchema = z.object({
  $ref: z.string().optional(),
  allOf: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  type: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  format: z.unknown().optional(),
  pattern: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  items: z.unknown().optional(),
});

/** One shape for a schema and all that it refers to; of alternatives the first. */
function shapeOf(schema: unknown): Shape {
  const parsed = shapeSchema.safeParse(schema ?? {});
  if (!parsed.success) throw new Error(`a schema that cannot be read: ${JSON.stringify(schema).slice(0, 200)}`);
  const { $ref, allOf = [], anyOf = [], oneOf = [], ...own } = parsed.data;
  if ($ref !== undefined) return shapeOf(description.schemas[$ref.replace("#/schemas/", "")]);
  const parts = [...allOf, ...anyOf.slice(0, 1), ...oneOf.slice(0, 1)].map(shapeOf);
  const all = [own, ...parts];
  const first = (key: "type" | "format" | "items") => all.find((part) => part[key] !== undefined)?.[key];
  return {
    type: first("type"),
    enum: all.find((part) => part.enum !== undefined)?.enum,
    format: first("format"),
    pattern: own.pattern,
    properties: Object.assign({}, ...all.toReversed().map(({ properties }) => properties)) as Shape["properties"],
    required: all.flatMap(({ required = [] }) => required),
    items: first("items"),
  };
}

/** The plainest value that a schema allows. */
function filler(schema: unknown): unknown {
  const shape = shapeOf(schema);
  if (shape.enum !== undefined) return shape.enum[0];
  const type: unknown = Array.isArray(shape.type) ? (shape.type.includes("null") ? "null" : shape.type[0]) : shape.type;
  switch (type) {
    case "null":
      return null;
    case "boolean":
      return false;
    case "integer":
    case "number":
      return 1;
    case "array":
      return [];
    case "string":
      return fillerText(shape);
    default:
      return complete(schema, {});
  }
}

function fillerText({ format, pattern }: Shape): string {
  if (format === "uri") return "https://filler.invalid/";
  if (format === "date-time") return "2026-01-01T00:00:00Z";
  if (format === "date") return "2026-01-01";
  if (format === "email") return "filler@filler.invalid";
  return typeof pattern === "string" && pattern.includes("0-9a-f") ? "0".repeat(40) : "filler";
}

function fromText(value: string, schema: Readonly<Record<string, unknown>>): unknown {
  const { type } = shapeOf(schema);
  if ((type === "integer" || type === "number") && /^\d+$/.test(value)) return Number(value);
  return type === "boolean" && /^(?:true|false)$/.test(value) ? value === "true" : value;
}

const validators = new Map<string, ValidateFunction>();

function problemsOf(pointer: string, value: unknown): readonly string[] {
  const validate = validators.get(pointer) ?? ajv.compile({ $ref: `github#/${pointer}` });
  validators.set(pointer, validate);
  return validate(value) ? [] : (validate.errors ?? []).slice(0, 5).map(describe);
}

function describe({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath} ${message ?? "is wrong"} ${JSON.stringify(params)}`;
}

function escaped(operation: OperationId): string {
  return operation.replaceAll("~", "~0").replaceAll("/", "~1");
}

function createAjv(): Ajv {
  const made = new Ajv({ strict: false, logger: false, allErrors: false });
  const addFormats = addFormatsModule.default;
  addFormats(made);
  // Formats of GitHub's own that no library knows.
  for (const format of ["repo.nwo", "timestamp", "uri-template", "double", "binary", "int64", "float"])
    made.addFormat(format, true);
  made.addSchema({ ...description, $id: "github" });
  return made;
}
