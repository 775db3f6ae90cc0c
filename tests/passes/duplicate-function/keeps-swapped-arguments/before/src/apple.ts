function label(cents: number, off = 1): string {
  const price = cents * off;
  const text = String(price);
  return `${text} cents`;
}

export const sellApple = () => label(1);
