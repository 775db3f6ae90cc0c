export function countDown(from: number): number {
  const deadInBody = from * 2;
  let writeOnly = 0;
  writeOnly = from;
  if (from > 0) {
    return from - 1;
    console.log("never printed");
  }
  return helper(from, "ignored");
}

function helper(value: number, deadParameter: string): number {
  return value + 1;
}

export function describeDay(day: number): string {
  if (false) {
    return onlyFromDeadBranch();
  }
  return String(day);
}

function onlyFromDeadBranch(): string {
  return "never";
}
