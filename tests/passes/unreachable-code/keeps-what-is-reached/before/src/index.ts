declare const __DEV__: boolean;
declare const FEATURE: false;

export function weigh(grams: number): number {
  if (process.env.NODE_ENV === "production") return 0;
  if (__DEV__ || FEATURE) console.log("weigh");
  if (typeof window === "undefined") console.log("server");
  if (import.meta.env) console.log("built");
  outer: while (true) {
    for (;;) {
      if (grams > 1) break outer;
      grams++;
    }
  }
  label: {
    if (grams > 2) break label;
    return grams;
  }
  try {
    return JSON.parse("1");
  } catch {
    console.log("no number");
  }
  switch (grams) {
    case 1:
      return 1;
    case 2:
      break;
    default:
      return 3;
  }
  let isRipe = false;
  [1].forEach(() => {
    isRipe = true;
  });
  if (isRipe) console.log("ripe");
  do {
    grams--;
  } while (false);
  return shadow(true) + grams;
}

const open = false;

function shadow(open: boolean): number {
  return open ? 1 : 2;
}

console.log(open);
