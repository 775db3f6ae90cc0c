export function weigh(): number {
  const rest = 1;
  {
    const rest = 2;
    console.log(rest);
  }
  return rest;
}
