import { dayMs } from "./local-time.ts";

/** Something on the disk that can be made again. */
export type Stored = { readonly path: string; readonly megabytes: number; readonly lastUsed: Date };

/**
 * What has to go: whatever was not used for too long, and then what was not used for longest, until the rest is small
 * enough. The one that was used last always stays, since whatever needs it would only make it again.
 */
export function surplusOf(
  stored: readonly Stored[],
  limits: { readonly days: number; readonly megabytes: number; readonly now: Date },
): readonly Stored[] {
  const [newest, ...others] = stored.toSorted((a, b) => b.lastUsed.getTime() - a.lastUsed.getTime());
  let left = limits.megabytes - (newest?.megabytes ?? 0);
  const surplus: Stored[] = [];
  for (const one of others) {
    const isOld = limits.now.getTime() - one.lastUsed.getTime() > limits.days * dayMs;
    left -= one.megabytes;
    if (isOld || left < 0) surplus.push(one);
    // What goes makes room for what is older and smaller.
    if (isOld || left < 0) left += one.megabytes;
  }
  return surplus;
}
