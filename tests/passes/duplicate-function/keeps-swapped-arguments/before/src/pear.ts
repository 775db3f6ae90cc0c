function label(off = 1, cents = 1): string {
  const price = cents * off;
  const text = String(price);
  return `${text} cents`;
}

export const sellPear = () => label(1);
