export interface Apple {
  readonly weight: number;
}
