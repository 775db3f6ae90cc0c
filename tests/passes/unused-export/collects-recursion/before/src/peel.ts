export function peel(layers: number): number {
  return layers - 1;
}

export function peelAll(layers: number): number {
  return layers === 0 ? 0 : peelAll(layers - 1);
}

export function even(layers: number): boolean {
  return layers === 0 || odd(layers - 1);
}

function odd(layers: number): boolean {
  return layers !== 0 && even(layers - 1);
}
