abstract class Order {}

class FruitOrder extends Order {}

export const orders: readonly Order[] = [new FruitOrder()];
