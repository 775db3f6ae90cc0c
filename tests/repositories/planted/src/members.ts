export class Basket {
  private readonly fruit: string[] = ["fig"];
  /** Written and never read. */
  lastTouched = 0;

  total(): number {
    this.lastTouched = 1;
    return this.fruit.length;
  }

  deadMethod(): number {
    return this.fruit.length * 2;
  }

  private deadPrivate(): string {
    return this.fruit.join("+");
  }
}

interface Broom {
  sweepFloor(): string;
}

class StiffBroom implements Broom {
  sweepFloor(): string {
    return "swept";
  }
}

class Box {
  viaFactory(): string {
    return "box";
  }
}

function makeBox() {
  return new Box();
}

function chooseBroom(): Broom {
  return new StiffBroom();
}

export function tidyUp(): string {
  return chooseBroom().sweepFloor() + makeBox().viaFactory();
}
