export interface Pear {
  readonly name: string;
}
