export class Apple {}
