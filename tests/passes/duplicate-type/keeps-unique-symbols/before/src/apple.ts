declare const brand: unique symbol;

type FruitNumber = {
  readonly [brand]: true;
  readonly value: number;
};

export const sellApple = (fruit?: FruitNumber) => fruit?.value;
