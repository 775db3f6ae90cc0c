import { stripTypeScriptTypes } from "node:module";
import type { Garbage } from "../../src/core/candidate.ts";
import { sweep, type Tree } from "../passes/fixtures.ts";
import { evaluate, evaluateCommonJs, type Observation } from "./evaluate.ts";
import { entryOf, type Language } from "./print-program.ts";
import { sweepToTheEnd, withRequired, type Sweeper } from "./sweep-program.ts";
import { typeCheck } from "./type-check.ts";

/** What came of one program. */
export type Verdict =
  | { readonly kind: "kept"; readonly after: Tree; readonly rounds: number; readonly garbage: readonly Garbage[] }
  /** The program does not even run before it is swept, or only by the accidental order of a circle of modules. */
  | { readonly kind: "discarded"; readonly error: string }
  | { readonly kind: "broken"; readonly why: string; readonly after: Tree };

/** Why a program is left out that works by accident only. */
export const loadOrder = "relies on the load order of a circle";

/** How to sweep: which pieces of garbage to take by themselves, beside all of them. */
export type Check = {
  readonly sweeper: Sweeper;
  readonly language: Language;
  readonly select: (garbage: readonly Garbage[]) => readonly (readonly Garbage[])[];
};

/**
 * Sweeps a program, whole and in part, and looks at it before and after. A part is closed under `requires`: that is what
 * a person may merge, and it must work without the rest.
 */
export async function checkProgram(before: Tree, check: Check): Promise<Verdict> {
  const { sweeper, language } = check;
  const expected = await look(before, language);
  if (expected.end !== "done") return { kind: "discarded", error: `${expected.end}: ${expected.error}` };
  const garbage = await sweeper.find(before);
  for (const part of check.select(garbage)) {
    const after = sweep(before, withRequired(garbage, part));
    const difference = compare(expected, await look(after, language));
    if (difference !== null)
      return settle({ before, after, expected, language, why: `only ${nameAll(part)}: ${difference}` });
  }
  const { tree: after, rounds, rest } = await sweepToTheEnd(sweeper, before, garbage);
  const difference = compare(expected, await look(after, language));
  if (difference !== null) return settle({ before, after, expected, language, why: difference });
  return rest.length > 0
    ? { kind: "broken", why: `not settled after ${rounds} rounds: ${nameAll(rest)}`, after }
    : { kind: "kept", after, rounds, garbage };
}

type Difference = {
  readonly before: Tree;
  readonly after: Tree;
  readonly expected: Look;
  readonly language: Language;
  readonly why: string;
};

/**
 * In a circle of modules one may read the names of another while it loads, or wait for it, and get them only because an import that nothing
 * uses had loaded that one before. Compilers drop such imports as well, and the failure is loud, so a sweep does not
 * care. A program is of this kind if it works once every file loads what it loaded before.
 */
async function settle({ before, after, expected, language, why }: Difference): Promise<Verdict> {
  if (!/before initialization|waits for itself/.test(why)) return { kind: "broken", why, after };
  const asBefore = Object.entries(before).map(([file, text]) => {
    const specifiers = [...text.matchAll(/^(?:import|export|\}).*?["'](\.[^"']*)["'];?$/gm)].map(
      ([, path]) => path ?? "",
    );
    const loads = specifiers.map((specifier) => `import "${specifier}";\n`).join("");
    return [file, file.startsWith("src/") ? loads + (after[file] ?? "") : text] as const;
  });
  const reordered = compare(expected, await look(Object.fromEntries(asBefore), language));
  return reordered === null ? { kind: "discarded", error: loadOrder } : { kind: "broken", why, after };
}

function nameAll(garbage: readonly Garbage[]): string {
  return garbage.map(({ category, subject }) => `${category} ${subject.file}#${subject.name}`).join(", ");
}

type Look = Observation & { readonly complaints: ReadonlySet<string> };

async function look(tree: Tree, language: Language): Promise<Look> {
  if (language === "cjs") return { ...evaluateCommonJs(tree, entryOf(language)), complaints: new Set() };
  if (language === "js") return { ...(await evaluate(tree, entryOf(language))), complaints: new Set() };
  const stripped = Object.entries(tree).map(
    ([file, text]) => [file, file.endsWith(".ts") ? strip(text) : text] as const,
  );
  return { ...(await evaluate(Object.fromEntries(stripped), entryOf(language))), complaints: typeCheck(tree) };
}

/** Enums become objects; all other types are blanked. */
function strip(text: string): string {
  return stripTypeScriptTypes(text, { mode: "transform" });
}

function compare(expected: Look, actual: Look): string | null {
  if (actual.end !== "done") return `${actual.end} after the sweep: ${actual.error}`;
  const complaint = [...actual.complaints].find((text) => !expected.complaints.has(text));
  if (complaint !== undefined) return `the compiler has a new complaint: ${complaint}`;
  const at = expected.lines.findIndex((line, index) => line !== actual.lines[index]);
  if (at === -1 && actual.lines.length === expected.lines.length) return null;
  const line = at === -1 ? expected.lines.length : at;
  return `line ${line + 1} was ${expected.lines[line] ?? "missing"} and is ${actual.lines[line] ?? "missing"}`;
}
