import type { Edit } from "../core/edit.ts";
import type { Module } from "../mark/module.ts";

type AddImport = Extract<Edit, { readonly kind: "add-import" }>;

/** Where and how a module writes a new import: behind the last one that is most like it, in its quotes. */
export function placeImport(
  module: Module,
  specifier: string,
  typeOnly: boolean,
): Pick<AddImport, "file" | "at" | "specifier" | "quote" | "semicolon"> {
  const { file, text } = module;
  const imports = module.statements.filter(({ kind, size }) => kind === "import" && size > 0);
  const isRelative = (path: string) => path.startsWith(".");
  const alike = imports.filter((statement) => isRelative(statement.specifier) === isRelative(specifier));
  const neighbour = alike.findLast((statement) => statement.typeOnly === typeOnly) ?? alike.at(-1) ?? imports.at(-1);
  const sample = imports.map(({ span }) => text.slice(span.start, span.end)).join("\n");
  const quotes = sample === "" ? text : sample;
  const isSingle = (quotes.match(/'/g)?.length ?? 0) > (quotes.match(/"/g)?.length ?? 0);
  return {
    file,
    at: neighbour?.span.end ?? topOf(text),
    specifier,
    quote: isSingle ? "'" : '"',
    semicolon: sample === "" ? /;\s*$/m.test(text) : sample.trimEnd().endsWith(";"),
  };
}

/** Behind what stands at the top for the whole file: the line for the shell, the terms, `"use client"`. */
function topOf(text: string): number {
  const whole =
    /^\uFEFF?(?:#![^\n]*\n)?(?:(?:[ \t]*(?:\/\/[^\n]*\n)+|[ \t]*\/\*[\s\S]*?\*\/[ \t]*\n)[ \t]*\n)*(?:\s*["']use [\w ]+["'];?[ \t]*\n)*/.exec(
      text,
    );
  return whole?.[0].length ?? 0;
}
