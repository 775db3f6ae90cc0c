// export function greetLoudly(name: string): string {
//   const loud = name.toUpperCase();
//   return greet(loud) + "!";
// }

export function greet(name: string): string {
  // @ts-ignore

  return `Hello ${name}`;
}
