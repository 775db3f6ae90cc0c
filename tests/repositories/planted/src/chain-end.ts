export function crossDead(): number {
  return 3;
}

export const chainEndVersion = 2;
