export const lunch = { apple: 1, pear() {} };
export class Tree {
  plum = 2;
}
export const read = (basket: { fig: number }): number => basket.fig;
