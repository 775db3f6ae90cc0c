import { sale } from "./state.js";

let isOpen = false;
const isRipe = process.env.RIPE === "true";
const VERBOSE_LEVEL = 2;

export function open(): void {
  isOpen = true;
}

export function price(grams: number, SALE: boolean): number {
  if (isOpen) return 1;
  if (isRipe) return 2;
  if (sale) return 3;
  if (SALE) return 4;
  if (VERBOSE_LEVEL > 1) console.log("much");
  return grams;
}

const SALE = false;
console.log(SALE);
