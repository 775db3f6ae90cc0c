import { readFile } from "node:fs/promises";
import path from "node:path";
import { isNode, LineCounter, parseDocument, visit, type Document } from "yaml";
import { NightsweepError } from "../core/errors.ts";
import { policySchema, type Policy } from "../core/policy-schema.ts";
import { listProblems } from "../core/schema-problems.ts";

/** Far more than a person writes; a file beyond it is no policy. */
const largestBytes = 256 * 1024;
const mostMistakes = 20;

/**
 * Reads and checks a policy file. Throws POLICY_INVALID with every mistake as `file:line:column key: what is wrong; what
 * is allowed`, or when the file cannot be read.
 */
export async function readPolicy(file: string): Promise<Policy> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message.replace(/,? ?[a-z]+ '.*'$/, "") : String(cause);
    throw new NightsweepError("POLICY_INVALID", `${path.basename(file)} cannot be read: ${reason}`, { cause });
  });
  if (bytes.length > largestBytes)
    throw new NightsweepError("POLICY_INVALID", `${path.basename(file)} is larger than ${largestBytes / 1024} KiB`);
  return parsePolicy(bytes.toString("utf8"), path.basename(file));
}

/** Reads a policy from its text; `name` stands for the file in messages. */
function parsePolicy(text: string, name: string): Policy {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const refuse = (mistakes: readonly Mistake[]) => invalid(name, lines, mistakes);
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0)
    throw refuse(faults.map(({ message, pos: [at] }) => ({ at, text: message.replace(/\s+/g, " ") })));
  const references = listReferences(document);
  if (references.length > 0)
    throw refuse(references.map((at) => ({ at, text: "anchors and aliases are not allowed; write the value out" })));
  const parsed = policySchema.safeParse(document.toJS({ maxAliasCount: 0 }), { reportInput: true });
  if (parsed.success) return parsed.data;
  const problems = listProblems(policySchema, parsed.error);
  throw refuse(problems.map((problem) => ({ at: offsetOf(document, problem.path), text: problem.text })));
}

/** `at` is a position in the text of the file. */
type Mistake = { readonly at: number; readonly text: string };

/** Mistakes come in the order of the file, and only as many as a person mends at once. */
function invalid(name: string, lines: LineCounter, mistakes: readonly Mistake[]): NightsweepError {
  const shown = mistakes.toSorted((one, other) => one.at - other.at).slice(0, mostMistakes);
  const words = shown.map(({ at, text }) => {
    const { line, col } = lines.linePos(at);
    return `${name}:${line}:${col} ${text}`;
  });
  const left = mistakes.length - shown.length;
  return new NightsweepError("POLICY_INVALID", [...words, ...(left > 0 ? [`and ${left} more`] : [])].join("\n  "));
}

/** Anchors and aliases hide what a rule says, and can blow a small file up to any size. */
function listReferences(document: Document): readonly number[] {
  const found: number[] = [];
  visit(document, {
    Alias: (_key, { range }) => {
      found.push(range?.[0] ?? 0);
    },
    Value: (_key, { anchor, range }) => {
      if (anchor !== undefined) found.push(range?.[0] ?? 0);
    },
  });
  return found;
}

/** Where a key stands; for one that is missing, the nearest thing around it. */
function offsetOf(document: Document, keys: readonly (string | number)[]): number {
  for (let length = keys.length; length > 0; length -= 1) {
    const parent: unknown = document.getIn(keys.slice(0, length - 1), true);
    const key = keys[length - 1];
    let at: number | undefined;
    visit(isNode(parent) ? parent : document, {
      Pair: (_position, pair) => {
        if (isNode(pair.key) && String(pair.key) === key) at = pair.key.range?.[0];
        return at === undefined ? visit.SKIP : visit.BREAK;
      },
    });
    if (at !== undefined) return at;
    const node: unknown = document.getIn(keys.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}
