type FruitLabel<Sort extends string> = {
  readonly kind: Sort;
  readonly ripe?: boolean;
  weigh(grams: number): Sort;
};

const pear: FruitLabel<"pear"> = { kind: "pear", weigh: () => "pear" };

export const sellPear = () => pear.kind;
