export let sale = false;

export function startSale(): void {
  sale = true;
}
