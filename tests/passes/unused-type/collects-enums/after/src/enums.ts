export enum Fruit {
  Apple,
  Pear,
}
