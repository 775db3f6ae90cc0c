import { lastEntry } from "./journal.ts";

/** A line of the paper ledger that the shop kept before 2024. */
export type LedgerLine = { readonly page: number; readonly cents: number };

/** The next free page. */
export function nextPage(lines: readonly LedgerLine[]): number {
  return (lastEntry(lines)?.page ?? 0) + 1;
}
