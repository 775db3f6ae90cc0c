export class Base {
  whenStopped(): void {}
}
