export const basket = {
  apple: 1,
};

export function Basket(): unknown {
  return (
    <ul>
      <li>apple</li>
    </ul>
  );
}

export function eat(): number {
  const apple = basket.apple;
  return apple;
}
