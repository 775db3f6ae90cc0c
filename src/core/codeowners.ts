import type { RepoPath } from "./names.ts";

/** Where GitHub looks for the file, in its order; only the first that is there counts. */
export const codeownersPlaces = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"] as const;

/** A line that GitHub skips: counted from 1, with the reason. */
type CodeownersFault = { readonly line: number; readonly text: string };

/** Who owns what. */
export type Codeowners = {
  /** The last line that matches decides; one without owners takes them away. */
  readonly ownersOf: (file: RepoPath) => readonly string[];
  readonly faults: readonly CodeownersFault[];
};

/** GitHub does not load a larger file. */
const mostBytes = 3 * 1024 * 1024;

/**
 * Reads a CODEOWNERS file as GitHub documents it: patterns of .gitignore without negation, ranges in brackets and escaped
 * `#`. A line that is not valid is skipped, as GitHub does.
 */
export function readCodeowners(text: string): Codeowners {
  if (text.length > mostBytes) return { ownersOf: () => [], faults: [{ line: 1, text: "it is larger than 3 MB" }] };
  const lines = text.split(/\r?\n/).map((line, index) => ({ ...readLine(line), line: index + 1 }));
  const rules = lines.flatMap((line) => (line.kind === "rule" ? [line] : [])).toReversed();
  return {
    ownersOf: (file) => rules.find(({ matches }) => matches.test(file))?.owners ?? [],
    faults: lines.flatMap((line) => (line.kind === "fault" ? [{ line: line.line, text: line.text }] : [])),
  };
}

type Line =
  | { readonly kind: "rule"; readonly matches: RegExp; readonly owners: readonly string[] }
  | { readonly kind: "fault"; readonly text: string }
  | { readonly kind: "nothing" };

function readLine(line: string): Line {
  // A space with a backslash before it belongs to the path.
  const words = line.replace(/(^|\s)#.*$/, "").match(/(?:\\.|[^\s\\])+/g);
  const [pattern, ...owners] = words ?? [];
  if (pattern === undefined) return { kind: "nothing" };
  const fault = faultOf(pattern) ?? owners.map(ownerFault).find((found) => found !== null) ?? null;
  return fault === null ? { kind: "rule", matches: toRegExp(pattern), owners } : { kind: "fault", text: fault };
}

function faultOf(pattern: string): string | null {
  if (pattern.startsWith("!")) return `${pattern} takes paths out again, which GitHub does not do here`;
  if (pattern.startsWith("\\#")) return `${pattern} begins with an escaped #, which GitHub does not know here`;
  if (/[[\]]/.test(pattern)) return `${pattern} has brackets: GitHub knows neither ranges nor sections here`;
  return null;
}

function ownerFault(owner: string): string | null {
  const isOwner = /^@[A-Za-z\d](?:[\w-]*)(?:\/[\w.-]+)?$|^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(owner);
  return isOwner ? null : `${owner} is neither a login, a team nor an address`;
}

/** A slash at the start or within anchors a pattern at the top; a name alone matches at any depth. */
function toRegExp(pattern: string): RegExp {
  const isFolder = pattern.endsWith("/");
  const bare = pattern.replace(/^\//, "").replace(/\/$/, "");
  const isAnchored = pattern.startsWith("/") || bare.includes("/");
  const body = (bare.match(/\/\*\*\/|\*\*\/|\*\*|\*|\?|\\.|[^*?\\/]+|./g) ?? []).map(toSource).join("");
  // `docs/*` means the files of that folder only; everything else means what is below as well.
  const isOneLevel = isAnchored && /(^|\/)\*$/.test(bare) && bare !== "*";
  const tail = isFolder ? "/.*" : isOneLevel ? "" : "(?:/.*)?";
  return new RegExp(`^${isAnchored ? "" : "(?:.*/)?"}${body}${tail}$`);
}

function toSource(part: string): string {
  switch (part) {
    case "/**/":
      return "/(?:.*/)?";
    case "**/":
      return "(?:.*/)?";
    case "**":
      return ".*";
    case "*":
      return "[^/]*";
    case "?":
      return "[^/]";
    default:
      return part.replace(/^\\/, "").replace(/[.+^${}()|[\]\\]/g, "\\$&");
  }
}

/** Whether an owner is in a list of owners: GitHub takes no notice of case in logins and teams. */
export function isListedOwner(owner: string, listed: readonly string[]): boolean {
  return listed.some((other) => other.toLowerCase() === owner.toLowerCase());
}
