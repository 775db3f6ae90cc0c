export namespace Money {
  export type Till = number;
}
