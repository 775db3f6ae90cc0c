import { Visitor } from "visitors";
import { Injectable, type OnStart } from "framework";
import { Base } from "./base.ts";

class Counter extends Visitor {
  visitTree(): void {}
}

@Injectable()
class Cellar extends Base implements OnStart {
  onModuleInit(): void {}
  whenStarted(): void {}
}

class Plain {
  ngOnInit(): void {}
  toJSON(): string {
    return "{}";
  }
  [Symbol.iterator](): Iterator<string> {
    return [][Symbol.iterator]();
  }
  constructor(readonly open = true) {}
  readonly brand!: "plain";
  private declare readonly tag: string;
  private readonly started = console.log("started");
}

export const things = [new Counter(), new Cellar(), new Plain()];
