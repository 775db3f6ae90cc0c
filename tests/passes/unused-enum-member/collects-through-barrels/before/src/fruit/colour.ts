enum Colour {
  Red = "red",
  Blue = "blue",
}

export { Colour as Tint };
