import { z } from "zod";
import { candidateIdSchema } from "./candidate-schema.ts";
import { assuranceLevels } from "./policy.ts";
import { nightIdSchema } from "./record-schema.ts";

const hash = z.string().regex(/^[0-9a-f]{40,64}$/);
const metadataSchema = z.object({
  night: nightIdSchema,
  branch: z.string().max(300),
  /** The commit that was pushed, and the one it stands on. */
  head: hash,
  base: hash,
  fingerprint: z.string().max(64),
  candidates: z.array(candidateIdSchema).max(5000),
  /** The night that pushed `head`, when it was made anew after the night that opened it. */
  pushed: nightIdSchema.exactOptional(),
  /** How many versions the repository's own checks have been asked about; 1 when left out. */
  round: z.int().positive().max(100).exactOptional(),
  /** How sure we were of it; an older one does not say. */
  assurance: z.enum(assuranceLevels).exactOptional(),
  /** The rules of the policy that proposed it, so that they can be muted where it is taken back. */
  rules: z.array(z.string().max(200)).max(100).exactOptional(),
  /** A push that is about to be made: a branch with this tree is still ours, although `head` does not say so yet. */
  pending: z.object({ tree: hash, base: hash }).exactOptional(),
});

/** What a pull request of ours says about itself, hidden at the end of its description. */
export type PullRequestMetadata = Readonly<z.output<typeof metadataSchema>>;

/** A body longer than any forge allows is not ours and is not read. */
const longestBody = 300_000;

/** The comment that carries the metadata; it stands on a line of its own. */
export function encodeMetadata(metadata: PullRequestMetadata): string {
  return `<!--nightsweep:v1 ${Buffer.from(JSON.stringify(metadata), "utf8").toString("base64url")}-->`;
}

/** Reads the last metadata comment of a body. Anybody may have edited it, so whatever does not fit gives null. */
export function decodeMetadata(body: string): PullRequestMetadata | null {
  if (body.length > longestBody) return null;
  const encoded = [...body.matchAll(/^<!--nightsweep:v1 ([\w-]+)-->\s*$/gm)].at(-1)?.[1];
  if (encoded === undefined) return null;
  const parsed = metadataSchema.safeParse(parseJson(Buffer.from(encoded, "base64url").toString("utf8")));
  return parsed.success ? parsed.data : null;
}

/** null is no metadata, so an unreadable text and the JSON text `null` are the same answer. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
