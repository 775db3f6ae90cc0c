// Set to true to see every fruit.
const LOUD = false;
const DEBUG = false;

export function weigh(grams: number): number {
  if (LOUD) console.log("fruit");
  if (DEBUG) console.log(grams);
  return grams;
}
