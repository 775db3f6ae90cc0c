export class Till {}
