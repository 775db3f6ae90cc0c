import { compileGlobs } from "../core/globs.ts";
import type { KnipEntryPattern, KnipProposal } from "../core/knip-entries.ts";
import { readJson, setJsonValue } from "./json.ts";

const schema = "https://unpkg.com/knip@6/schema.json";

/**
 * The text of a configuration of knip with what it lacks, each entry with its reason as a comment where there was no file
 * yet. What an existing one says stays: entries are added behind its own. Throws when it is no JSON.
 */
export function withKnipEntries(text: string | undefined, proposal: KnipProposal): string {
  return text === undefined ? newConfig(proposal) : extended(text, proposal);
}

function newConfig({ workspaces, entries }: KnipProposal): string {
  const byWorkspace = Map.groupBy(entries, ({ workspace }) => workspace);
  const names = [...new Set([...workspaces, ...byWorkspace.keys()])].toSorted();
  const body =
    names.length === 1 && names[0] === ""
      ? entryList(entries, "  ")
      : [
          '  "workspaces": {',
          ...names.flatMap((workspace) => workspaceLines(workspace, byWorkspace.get(workspace) ?? [])),
          "  },",
        ];
  const head = [
    "{",
    "  // Entries that no tool names: knip takes them, and what they import, for used.",
    `  "$schema": ${JSON.stringify(schema)},`,
  ];
  return [...head, ...body, "}", ""].join("\n");
}

function workspaceLines(workspace: string, entries: readonly KnipEntryPattern[]): readonly string[] {
  const name = `    ${JSON.stringify(nameOf(workspace))}: `;
  return entries.length === 0 ? [`${name}{},`] : [`${name}{`, ...entryList(entries, "      "), "    },"];
}

/** knip calls the top package so. */
function nameOf(workspace: string): string {
  return workspace === "" ? "." : workspace;
}

function entryList(entries: readonly KnipEntryPattern[], indent: string): readonly string[] {
  const items = entries.flatMap(({ pattern, because }) => [
    `${indent}  // ${because.replace(/\s+/g, " ")}`,
    `${indent}  ${JSON.stringify(pattern)},`,
  ]);
  return [`${indent}"entry": [`, ...items, `${indent}],`];
}

function extended(text: string, { file, workspaces, entries }: KnipProposal): string {
  const home = /(^|\/)package\.json$/.test(file) ? ["knip"] : [];
  const config = at(readJson(text), home);
  if (!isRecord(config)) throw new Error(`Assertion: ${file} is no configuration of knip`);
  const known = isRecord(config["workspaces"]) ? config["workspaces"] : {};
  const byWorkspace = Map.groupBy(entries, ({ workspace }) => workspace);
  const names = [...new Set([...byWorkspace.keys(), ...workspaces])].toSorted();
  const isAlone = config["workspaces"] === undefined && names.every((workspace) => workspace === "");
  return names.reduce((now, workspace) => {
    const patterns = (byWorkspace.get(workspace) ?? []).map(({ pattern }) => pattern);
    if (isAlone) return setJsonValue(now, [...home, "entry"], [...listed(config["entry"]), ...patterns]);
    const name = nameOf(workspace);
    const settings = known[name] ?? (workspace === "" ? topSettings(config) : settingsByGlob(known, name));
    const current = isRecord(settings) ? settings : {};
    const next = patterns.length === 0 ? current : { ...current, entry: [...listed(current["entry"]), ...patterns] };
    return setJsonValue(now, [...home, "workspaces", name], next);
  }, text);
}

/** With workspaces knip reads the patterns of the top package below its name and no longer at the top. */
function topSettings({ entry, project }: Readonly<Record<string, unknown>>): object {
  return { ...(entry === undefined ? {} : { entry }), ...(project === undefined ? {} : { project }) };
}

/** A package with a key of its own no longer gets what a glob says of it, so that is repeated. */
function settingsByGlob(workspaces: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.entries(workspaces).find(([glob]) => glob.includes("*") && compileGlobs([glob])(name))?.[1];
}

function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function at(value: unknown, path: readonly string[]): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  return isRecord(value) ? at(value[first], rest) : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
