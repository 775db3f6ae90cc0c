export const trees = 4;

export default class Pear {
  readonly colour = "green";
}
