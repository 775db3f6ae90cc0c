export const table = `<button (click)="onBottle()">`;
export const { filter }: { filter: () => void } = JSON.parse("{}");
