namespace apple {
  export function eat(name: string): string {
    return name;
  }
}

export = apple;
