export function wash(fruit: string): void {
  console.log(`wash ${fruit}`);
}
