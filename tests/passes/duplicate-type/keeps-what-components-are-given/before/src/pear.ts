type LabelProps<Kind extends string> = {
  readonly kind: Kind;
  readonly ripe?: boolean;
  weigh(grams: number): Kind;
};

const pear: LabelProps<"pear"> = { kind: "pear", weigh: () => "pear" };

export const sellPear = () => pear.kind;
