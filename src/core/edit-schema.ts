import { z } from "zod";
import type { Edit } from "./edit.ts";

const count = z.int().nonnegative();
const span = z.strictObject({ start: count, end: count });
/** One edit as records carry it. */
export const editSchema: z.ZodType<Edit> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("delete-file"), file: z.string() }),
  z.strictObject({ kind: z.literal("remove"), file: z.string(), span }),
  z.strictObject({
    kind: z.literal("remove-item"),
    file: z.string(),
    span,
    owner: span,
    size: count,
    whenEmpty: z.string().exactOptional(),
    unlessUsedAt: z.array(count).exactOptional(),
  }),
  z.strictObject({ kind: z.literal("remove-comment"), file: z.string(), span }),
  z.strictObject({ kind: z.literal("unwrap"), file: z.string(), span, keep: span, rigid: z.array(span) }),
  z.strictObject({
    kind: z.literal("replace"),
    file: z.string(),
    span,
    text: z.string(),
    drops: z.literal(true).exactOptional(),
  }),
  z.strictObject({
    kind: z.literal("add-import"),
    file: z.string(),
    at: count,
    specifier: z.string(),
    imported: z.string(),
    local: z.string(),
    typeOnly: z.boolean(),
    quote: z.enum(["'", '"']),
    semicolon: z.boolean(),
  }),
  z.strictObject({ kind: z.literal("remove-json"), file: z.string(), path: z.array(z.string()) }),
  z.strictObject({
    kind: z.literal("add-knip-entries"),
    file: z.string(),
    workspaces: z.array(z.string()),
    entries: z.array(z.strictObject({ workspace: z.string(), pattern: z.string(), because: z.string(), files: count })),
  }),
]);
