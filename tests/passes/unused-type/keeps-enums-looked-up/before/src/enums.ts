export enum Fruit {
  Apple = "apple",
}
export enum Nut {
  Hazel,
}
export enum Stone {
  Hard,
}
