export interface Apple {
  readonly pear: Pear;
}
interface Pear {
  readonly name: string;
}
