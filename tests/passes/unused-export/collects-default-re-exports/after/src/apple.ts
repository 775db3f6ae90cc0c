export default class Apple {
  readonly colour = "red";
}
