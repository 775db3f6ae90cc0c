abstract class Order {
  abstract weigh(): number;
}

class FruitOrder extends Order {
  override weigh(): number {
    return 2;
  }

  pack(): void {}
}

export const orders: readonly FruitOrder[] = [new FruitOrder()];
