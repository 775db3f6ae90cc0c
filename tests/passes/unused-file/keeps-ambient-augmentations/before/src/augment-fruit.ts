import "fruit-store";

declare module "fruit-store" {
  interface Store {
    readonly pears: number;
  }
}
