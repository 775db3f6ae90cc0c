type Tree = { readonly name: string; height: number };

export const tree: Tree = { name: "apple", height: 2 };

export const lists = {
  first: 1,
  second: register(),
  [String("third")]: 3,
};

export const counter = {
  step: 2,
  next(): number {
    return this.step;
  },
};

function register(): number {
  console.log("registered");
  return 2;
}
