/* eslint-disable no-bitwise */
export const ripe = true;
/* eslint-enable no-bitwise */

/* eslint-disable no-console */
export function show(text: string): void {
  // eslint-disable-next-line no-console
  console.log(text);
}
/* eslint-enable no-console, no-eval */
/* eslint-enable */
