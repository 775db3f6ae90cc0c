export interface Options {
  readonly sweet: boolean;
}
