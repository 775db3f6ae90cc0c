import { escapePattern } from "../core/patterns.ts";

/** Takes secrets and absolute paths out of a text that leaves the machine. */
export type Mask = (text: string) => string;

/** How the mask writes what it hides. */
const hidden = "***";

/** Shorter values are words of the language, not secrets: hiding `true` everywhere would hide the message. */
const shortestSecret = 8;

const secretName = /token|secret|passw|passphrase|api_?key|credential|webhook|private_?key|auth|cookie|dsn/i;

/** Shapes that secrets have wherever they come from. What the first group matches stays, for the reader. */
const shapes: readonly RegExp[] = [
  /()\b(?:ghp|gho|ghu|ghs|ghr)_\w{16,}/g,
  /()\bgithub_pat_\w{20,}/g,
  /()\bglpat-[\w-]{16,}/g,
  /()\bxox[a-z]-[\w-]{8,}/g,
  /()\bxapp-[\w-]{8,}/g,
  /()\bnpm_[A-Za-z0-9]{20,}/g,
  /()\bsk-(?=[\w-]*\d)[\w-]{16,}/g,
  /()\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /()\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]+/g,
  /(hooks\.slack\.com\/(?:services|workflows|triggers)\/)[\w/-]+/g,
  /(\b(?:bearer|basic)\s+)(?=[\w+/.~-]*[\d=])[\w+/.~-]{16,}=*/gi,
  /(\btoken\s+)(?=\w*\d)\w{20,}/gi,
  /(\b[a-z][a-z+.-]*:\/\/)[^\s/@:]*:[^\s/@]+(?=@)/gi,
  /(\b[a-z][a-z+.-]*:\/\/)\w{20,}(?=@)/gi,
  /(_authToken\s*=\s*)\S+/g,
  /()-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
];

/**
 * Makes the mask of a process: the values of environment variables whose names look like secrets (also in base64 and
 * URL form), text in the shape of a known kind of token, and the given absolute paths, each shown as `as`.
 */
export function createMask(known: {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly paths: readonly { readonly path: string; readonly as: string }[];
}): Mask {
  const secrets = secretValues(known.environment);
  const paths = known.paths.filter(({ path }) => path.length > 1).toSorted((a, b) => b.path.length - a.path.length);
  const pathPatterns = paths.map(({ path, as }) => ({ pattern: pathPattern(path, as), as }));
  return (text) => {
    let masked = text;
    for (const secret of secrets) masked = masked.replaceAll(secret, hidden);
    for (const shape of shapes) masked = masked.replace(shape, `$1${hidden}`);
    for (const { pattern, as } of pathPatterns) masked = masked.replace(pattern, () => as);
    return masked;
  };
}

/** The same value with every string in it masked, so that JSON stays JSON. */
export function maskDeep(value: unknown, mask: Mask): unknown {
  if (typeof value === "string") return mask(value);
  if (Array.isArray(value)) return value.map((item) => maskDeep(item, mask));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [mask(key), maskDeep(item, mask)]));
}

/** Longest first, so that a secret that contains another is hidden whole. */
function secretValues(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  const values = Object.entries(environment).flatMap(([name, value]) =>
    value !== undefined && value.length >= shortestSecret && secretName.test(name) && !isPath(value) ? [value] : [],
  );
  const forms = values.flatMap((value) => [
    value,
    encodeURIComponent(value),
    JSON.stringify(value).slice(1, -1),
    Buffer.from(value, "utf8").toString("base64"),
    Buffer.from(`x-access-token:${value}`, "utf8").toString("base64"),
  ]);
  return [...new Set(forms)].toSorted((a, b) => b.length - a.length);
}

/** `SSH_AUTH_SOCK` and the like name a file; the paths given by the caller cover what must not be seen of it. */
function isPath(value: string): boolean {
  return /^(?:\/|\.{1,2}\/|~\/|[A-Za-z]:\\)/.test(value);
}

/** Matches the path as a whole name, not as the beginning of a longer one; with nothing to show, its slash goes too. */
function pathPattern(path: string, as: string): RegExp {
  const bare = escapePattern(path.replace(/[/\\]+$/, ""));
  const slash = as === "" ? "[/\\\\]?" : "";
  return new RegExp(`(?<![\\w.-])${bare}(?![\\w-]|\\.\\w)${slash}`, "g");
}
