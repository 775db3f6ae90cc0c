import { z } from "zod";

type Issue = z.core.$ZodIssue;
type Schema = z.core.JSONSchema.JSONSchema;
type Step = string | number;

/**
 * Turns what zod reports into one line a field: its path, what is wrong, and what is allowed there.
 * `repositories[0].checks.test: expected string, received number; allowed: a string or a list or false`.
 */
export function describeProblems(schema: z.ZodType, error: z.ZodError): readonly string[] {
  return listProblems(schema, error).map(({ text }) => text);
}

/** The same with the path of each problem, for files in which a path has a line; an unknown key is part of its path. */
export function listProblems(schema: z.ZodType, error: z.ZodError): readonly Problem[] {
  const root = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return error.issues
    .flatMap((issue) => leaves(issue, []))
    .map(({ issue, path }) => ({
      path: issue.code === "unrecognized_keys" ? [...path, ...issue.keys.slice(0, 1)] : path,
      text: describe(root, issue, path),
    }));
}

/** One thing that is wrong with a document, and where. */
export type Problem = { readonly path: readonly (string | number)[]; readonly text: string };

type Leaf = { readonly issue: Issue; readonly path: readonly Step[] };

/** A union reports every alternative; the one that got deepest is the one that was meant. */
function leaves(issue: Issue, prefix: readonly Step[]): readonly Leaf[] {
  const path = [...prefix, ...issue.path.map((step) => (typeof step === "number" ? step : String(step)))];
  if (issue.code !== "invalid_union") return [{ issue, path }];
  const alternatives = issue.errors.map((errors) => errors.flatMap((inner) => leaves(inner, path)));
  const meant = alternatives.find((found) => found.some((leaf) => leaf.path.length > path.length));
  return meant ?? [{ issue, path }];
}

function describe(root: Schema, issue: Issue, path: readonly Step[]): string {
  const schemas = schemasAt(root, path);
  if (issue.code === "unrecognized_keys") {
    const unknown = issue.keys.map((key) => showPath([...path, key])).join(", ");
    const fields = schemas.flatMap((schema) => Object.keys(schema.properties ?? {}));
    return `${unknown}: no such field; allowed: ${fields.join(", ")}`;
  }
  const help = schemas.every((schema) => schema.const === undefined) ? schemas[0]?.description : undefined;
  const sentence = help === undefined ? "" : ` (${help.replace(/\.$/, "")})`;
  return `${showPath(path)}: ${wrongBy(issue)}; allowed: ${allowed(schemas)}${sentence}`;
}

/** Every schema that may stand at a path: a union contributes all its alternatives. */
function schemasAt(root: Schema, path: readonly Step[]): readonly Schema[] {
  let here = alternativesOf(root);
  for (const step of path) {
    here = here.flatMap((schema) => {
      const next = typeof step === "number" ? schema.items : schema.properties?.[step];
      return next === undefined || typeof next === "boolean" || Array.isArray(next) ? [] : alternativesOf(next);
    });
  }
  return here;
}

/** The alternatives of a union, each with the union's description when it has none of its own. */
function alternativesOf(schema: Schema): readonly Schema[] {
  const inner = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  if (inner.length === 0) return [schema];
  const { description } = schema;
  return inner.flatMap((one) => alternativesOf(description === undefined ? one : { description, ...one }));
}

function allowed(schemas: readonly Schema[]): string {
  const words = schemas.map(allowedBy).filter((word) => word !== "");
  return words.length === 0 ? "nothing more" : [...new Set(words)].join(" or ");
}

function allowedBy(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(" or ");
  return typeof schema.type === "string" ? wordsForType[schema.type](schema) : "";
}

const wordsForType = {
  object: (schema) =>
    schema.properties === undefined ? "an object" : `an object with ${Object.keys(schema.properties).join(", ")}`,
  array: (schema) => (schema.minItems === undefined ? "a list" : "a list that is not empty"),
  string: (schema) => (schema.format === "uri" ? "a URL" : "a string that is not empty"),
  number: (schema) => `a number${numberBound(schema)}`,
  integer: (schema) => `a whole number${numberBound(schema)}`,
  boolean: () => "true or false",
  null: () => "null",
} as const satisfies Record<string, (schema: Schema) => string>;

function numberBound(schema: Schema): string {
  if (schema.exclusiveMinimum !== undefined) return ` above ${schema.exclusiveMinimum}`;
  return schema.minimum === undefined ? "" : ` of ${schema.minimum} or more`;
}

function showPath(path: readonly Step[]): string {
  const text = path.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("");
  return text === "" ? "the whole file" : text.replace(/^\./, "");
}

function wrongBy(issue: Issue): string {
  if (issue.code === "invalid_union") return "not one of the alternatives";
  if (issue.code === "invalid_value") return wrongValue(issue);
  const text = issue.message.replace(/^Invalid input: /, "");
  if (text.endsWith("received undefined")) return "is missing";
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** What was given is known when the schema was asked to report it. */
function wrongValue(issue: Issue): string {
  if (!("input" in issue)) return "is none of what is allowed";
  return issue.input === undefined ? "is missing" : `${JSON.stringify(issue.input)} is none of what is allowed`;
}
