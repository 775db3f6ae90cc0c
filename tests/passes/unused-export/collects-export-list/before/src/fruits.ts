function redApple(): string {
  return "red";
}

function greenPear(): string {
  return "green";
}

const fig = "fig";

export { redApple as apple, greenPear as pear };
export { fig };
