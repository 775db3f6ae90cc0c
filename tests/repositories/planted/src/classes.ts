abstract class Shop {
  abstract open(): string;
  /** Its subclasses have one each, and nobody calls any. */
  abstract deadFamily(): string;
}

class FruitShop extends Shop {
  override open(): string {
    return "fruit";
  }

  override deadFamily(): string {
    return "none";
  }
}

export function openShop(): string {
  const shop: Shop = new FruitShop();
  return shop.open();
}
