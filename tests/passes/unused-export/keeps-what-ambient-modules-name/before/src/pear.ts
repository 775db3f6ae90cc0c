export class Pear {}
