export interface Fig {
  readonly name: string;
}
