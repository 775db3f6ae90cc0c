import { log, Entry } from "./log.ts";
import type { Receipt } from "./receipt.ts";

export function sell(): number {
  return 1;
}

export function refund(receipt: Receipt): Entry {
  return log(receipt.number);
}
