type FruitLabel<Kind extends string> = {
  readonly kind: Kind;
  readonly ripe?: boolean;
  weigh(grams: number): Kind;
};

const apple: FruitLabel<"apple"> = { kind: "apple", weigh: () => "apple" };

export const sellApple = () => apple.kind;
