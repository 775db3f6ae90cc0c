export class Basket {
  list(): string {
    return "basket";
  }
}

export class Adapter {
  static load(): string {
    return "adapter";
  }

  static save(): void {}
}

export class Crate {
  weigh(): string {
    return "crate";
  }

  peel(): void {}
}

export class Chest {
  store(): void {}
}

export class Tin {
  shine(): string {
    return "tin";
  }
}
