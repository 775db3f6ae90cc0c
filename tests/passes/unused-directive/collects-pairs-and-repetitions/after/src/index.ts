export const ripe = true;

/* eslint-disable no-console */
export function show(text: string): void {
  console.log(text);
}
/* eslint-enable no-console */
