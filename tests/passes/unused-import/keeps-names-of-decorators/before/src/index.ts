import { injectable, parameter } from "./decorators.ts";
import { Apple } from "./apple.ts";
import type { Options } from "./options.ts";

@injectable()
export class Shop {
  constructor(
    @parameter readonly apple: Apple,
    readonly options: Options,
  ) {}
}
