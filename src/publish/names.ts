import type { Batch } from "../core/check.ts";

/** Every branch of ours begins with it. */
export const branchPrefix = "nightsweep/";

/** Every pull request of ours carries it; closed ones are found by it. */
export const ownLabel = "nightsweep";

/** The branch on which something comes back. */
export function undoBranch(fingerprint: string): string {
  return `${branchPrefix}undo/${fingerprint}`;
}

/** The branch of a batch: the same as long as its candidates are the same. */
export function branchOf({ category, scope, fingerprint }: Batch): string {
  const place = scope
    .normalize("NFKD")
    .replace(/[^\w.-]+/g, "-")
    .replace(/\.{2,}/g, ".")
    .replace(/^[-.]+|[-.]+$/g, "")
    .replace(/\.lock$/, "-lock")
    .slice(0, 80);
  return `${branchPrefix}${category}/${place === "" ? "top" : place}-${fingerprint}`;
}
