export default abstract class Base {
  static create(): Base {
    return new Dried();
  }
}
class Dried extends Base {}
