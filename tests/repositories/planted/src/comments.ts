// export function greetLoudly(name: string): string {
//   const loud = name.toUpperCase();
//   return greet(loud) + "!";
// }

export function greet(name: string): string {
  // eslint-disable-next-line no-console
  return `Hello ${name}`;
}
