export default interface Grape {
  readonly seedless: boolean;
}
