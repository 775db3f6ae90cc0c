export function run(): void {
  console.log(help);
}

export const help = "help";
