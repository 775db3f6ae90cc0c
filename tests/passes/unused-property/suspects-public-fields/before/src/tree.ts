export class Tree {
  touched = 0;

  grow(): void {
    this.touched = 1;
  }
}
