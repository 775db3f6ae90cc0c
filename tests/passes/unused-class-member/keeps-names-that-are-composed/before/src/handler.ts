export class Handler {
  handleOpen(): void {}
  handleClose(): void {}
  openGate(): void {}
}
