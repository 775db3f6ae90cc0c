enum Colour {
  Red = "red",
}

export { Colour as Tint };
