const kilogramsPerPound = 0.45359237;

/** Kilograms out of what people type: `3`, `3kg`, `2lb`. */
export function parseKilograms(text: string): number {
  const amount = Number.parseFloat(text);
  if (Number.isNaN(amount)) throw new Error(`"${text}" is not a weight.`);
  return text.trim().endsWith("lb") ? amount * kilogramsPerPound : amount;
}

/** Pounds out of kilograms, for the label printer that was sold. */
export function toPounds(kilograms: number): number {
  return kilograms * 2.20462262;
}
