abstract class Order {
  abstract getId(): string;
  abstract weigh(): number;
}

class FruitOrder extends Order {
  override weigh(): number {
    return 2;
  }

  pack(): void {}

  override getId(): string {
    return "fruit";
  }

  getSize(): number {
    return 3;
  }
}

export const orders: readonly FruitOrder[] = [new FruitOrder()];
