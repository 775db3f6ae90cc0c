export const apple = "apple";

export namespace Shapes {
  export interface Round {
    readonly radius: number;
  }
}
