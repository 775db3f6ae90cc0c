import type { Options } from "./options.ts";

function injectable(target: Function): void {
  console.log(target.name);
}

interface Colour {
  readonly name: string;
}

@injectable
export class Apples {
  constructor(
    readonly options: Options,
    private readonly colour: Colour,
  ) {}
}
