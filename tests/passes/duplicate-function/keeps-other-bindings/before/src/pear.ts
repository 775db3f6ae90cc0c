const rate = 3;

function label(cents: number): string {
  const price = cents * rate;
  const text = String(price);
  return `${text} cents`;
}

export const sellPear = () => label(1);
