export class Rules {
  ageRule(): boolean {
    return true;
  }

  report(): void {}
}
