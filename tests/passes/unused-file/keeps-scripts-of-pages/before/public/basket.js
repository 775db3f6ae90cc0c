function addToBasket(name) {
  return name;
}
