export function peel(layers: number): number {
  return layers - 1;
}
