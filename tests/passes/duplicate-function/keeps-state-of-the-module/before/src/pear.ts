let sold = 0;

function label(cents: number): string {
  const price = cents * sold++;
  const text = String(price);
  return `${text} cents`;
}

export const sellPear = () => label(1);
