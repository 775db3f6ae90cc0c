export type Apple = { readonly colour: Colour };

type Colour = "red" | "green";

/** Everything that has a stone. */
export interface Stoned extends Fruit {
  readonly stone: Stone;
}

interface Fruit {
  readonly name: string;
}

type Stone = { readonly weight: number };
