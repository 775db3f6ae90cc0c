const sizes = { apple: 1, pear: 2 };

export function count(fruit: keyof typeof sizes): number {
  console.log(fruit);
  const table = sizes;
  return table[fruit];
}

export function Basket(props: { open: boolean }): unknown {
  return (
    <ul>
      <li title="a
b">new</li>
      {props.open && <li>open</li>}
    </ul>
  );
}
