abstract class Order {
  abstract getId(): string;
}

class FruitOrder extends Order {
  override getId(): string {
    return "fruit";
  }

  getSize(): number {
    return 3;
  }

  get(): string {
    return toText(this);
  }
}

function toText(order: Order): string {
  return String(order);
}

export const orders: readonly Order[] = [new FruitOrder()];
