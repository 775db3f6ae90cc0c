export class Drawer {}
