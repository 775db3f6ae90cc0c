type FruitLabel<Kind extends string> = {
  readonly kind: Kind;
  readonly ripe: boolean | undefined;
  weigh(grams: number): Kind;
};

const pear: FruitLabel<"pear"> = { ripe: true, kind: "pear", weigh: () => "pear" };

export const sellPear = () => pear.kind;
