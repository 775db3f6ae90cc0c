console.log("pears are ripe");

export function pear(): string {
  return "pear";
}
