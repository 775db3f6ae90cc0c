interface Pear {
  readonly name: string;
}

export const apple = "apple";

interface Pear {
  readonly colour: string;
}

export namespace Shapes {
  export interface Round {
    readonly radius: number;
  }
}
