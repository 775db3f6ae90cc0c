import { readFile } from "node:fs/promises";
import path from "node:path";
import { isNode, LineCounter, parseDocument, visit, type Document } from "yaml";
import { NightsweepError } from "../core/errors.ts";
import { policySchema, type Policy } from "../core/policy-schema.ts";
import { listProblems } from "../core/schema-problems.ts";

/** Far more than a person writes; a file beyond it is no policy. */
const largestBytes = 256 * 1024;

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
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${name}:${line}:${col}`;
  };
  const faults = [...document.errors, ...document.warnings].map(
    ({ message, pos: [start] }) => `${place(start)} ${message.replace(/\s+/g, " ")}`,
  );
  if (faults.length > 0) throw invalid(faults);
  const references = listReferences(document).map(
    (offset) => `${place(offset)} anchors and aliases are not allowed; write the value out`,
  );
  if (references.length > 0) throw invalid(references);
  const parsed = policySchema.safeParse(document.toJS({ maxAliasCount: 0 }));
  if (parsed.success) return parsed.data;
  const problems = listProblems(policySchema, parsed.error);
  throw invalid(problems.map((problem) => `${place(offsetOf(document, problem.path))} ${problem.text}`));
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

function invalid(problems: readonly string[]): NightsweepError {
  return new NightsweepError(
    "POLICY_INVALID",
    problems
      .map((problem) => `\n  ${problem}`)
      .join("")
      .trimStart(),
  );
}
