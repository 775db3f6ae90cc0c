import { nextPage, type LedgerLine } from "./ledger.ts";

/** The line that was written last. */
export function lastEntry(lines: readonly LedgerLine[]): LedgerLine | undefined {
  return lines.at(-1);
}

/** The ledger with one more line on a page of its own. */
export function writeEntry(lines: readonly LedgerLine[], cents: number): readonly LedgerLine[] {
  return [...lines, { page: nextPage(lines), cents }];
}
