export class Storage {
  private readonly id = "storage";

  getId(): string {
    return this.id;
  }

  getSize = (): number => this.id.length;
}
