declare namespace pear {
  interface Pear {
    readonly name: string;
  }
}

export = pear;
