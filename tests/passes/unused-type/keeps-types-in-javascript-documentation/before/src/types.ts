export interface Apple {
  readonly name: string;
}
