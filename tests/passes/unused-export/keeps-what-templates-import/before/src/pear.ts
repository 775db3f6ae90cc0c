export interface Pear {
  readonly colour: string;
}
export const pear = "pear";
