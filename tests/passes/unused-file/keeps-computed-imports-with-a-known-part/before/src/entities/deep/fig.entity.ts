export class Fig {}
