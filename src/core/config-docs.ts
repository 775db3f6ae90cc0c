import { z } from "zod";
import { configSchema } from "./config.ts";

type Schema = z.core.JSONSchema.JSONSchema;

/** One field of `daemon.config.ts`, for its documentation. */
export type ConfigField = { readonly path: string; readonly fallback: string; readonly description: string };

/** Every field of the configuration in the order of its schema; a group is only there for its own description. */
export function listConfigFields(): readonly ConfigField[] {
  return listFields(z.toJSONSchema(configSchema, { io: "input" }));
}

/** Every field of a JSON schema, for the documentation of another kind of file. */
export function listFields(schema: Schema): readonly ConfigField[] {
  return fieldsOf(schema, "");
}

function fieldsOf(schema: Schema, prefix: string): readonly ConfigField[] {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    if (typeof field === "boolean") return [];
    const path = prefix === "" ? name : `${prefix}.${name}`;
    return [...own(field, path, required.has(name)), ...inner(field, path)];
  });
}

function own(field: Schema, path: string, isRequired: boolean): readonly ConfigField[] {
  if (field.description === undefined) return [];
  const fallback = field.default === undefined ? (isRequired ? "required" : "") : JSON.stringify(field.default);
  return [{ path, fallback, description: field.description }];
}

/** Fields of every alternative; one that several alternatives have is listed once, with what each says of it. */
function inner(field: Schema, path: string): readonly ConfigField[] {
  const items = field.items;
  const list = typeof items === "object" && !Array.isArray(items) ? [{ schema: items, path: `${path}[]` }] : [];
  const alternatives = [{ schema: field, path }, ...list].flatMap((one) => [
    one,
    ...[...(one.schema.anyOf ?? []), ...(one.schema.oneOf ?? [])].map((schema) => ({ schema, path: one.path })),
  ]);
  const found = alternatives.flatMap((one) => fieldsOf(one.schema, one.path));
  return [...Map.groupBy(found, (each) => each.path).values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [{ ...first, description: [first, ...others].map((each) => each.description).join(" ") }],
  );
}
