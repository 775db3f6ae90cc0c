export const basket = {
  apple: 1,
  // prettier-ignore
};

export function Basket(): unknown {
  return (
    <ul>
      {/* eslint-disable-next-line react/no-danger */}
      <li>apple</li>
    </ul>
  );
}

export function eat(): number {
  /* istanbul ignore if */
  const apple = basket.apple;
  return apple;
  // @ts-ignore
}
