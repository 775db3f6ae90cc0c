export type Apple = "apple";

type Expect<Value extends true> = Value;
type Equal<A, B> = A extends B ? true : false;

type AppleIsText = Expect<Equal<Apple, "apple">>;
type _PearIsNot = Equal<Apple, "pear">;
