function redApple(): string {
  return "red";
}

export { redApple as apple };
