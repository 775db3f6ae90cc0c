export interface Pear {
  readonly name: string;
}
export class Pear {
  readonly name: string = "pear";
}
