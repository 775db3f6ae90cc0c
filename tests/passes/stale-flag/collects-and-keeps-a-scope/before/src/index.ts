const LEGACY = false;

export function weigh(): number {
  const rest = 1;
  // eslint-disable-next-line no-constant-condition
  if (!LEGACY) {
    const rest = 2;
    console.log(rest);
  } else {
    console.log("old");
  }
  return rest;
}
