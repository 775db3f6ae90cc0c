export class Press {
  squeeze(): void {}
  pour(): void {}
  strain(): void {}
  filter(): void {}
  onBottle(): void {}
  onLoad(): void {}
}
