export function useRipeness(): number {
  return 1;
}
