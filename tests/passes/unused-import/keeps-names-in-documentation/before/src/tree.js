export class Tree {}
