const rate = 2;

function label(cents: number): string {
  const price = cents * rate;
  const text = String(price);
  return `${text} cents`;
}

export const sellApple = () => label(1);
