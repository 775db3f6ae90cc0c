export function run(code: string): unknown {
  const apple = "apple";
  var pear = "pear";
  return eval(code);
}
