process.on("exit", () => undefined);

export class Entry {
  readonly number: number = 0;
}

export function log(number: number): Entry {
  return { number };
}
