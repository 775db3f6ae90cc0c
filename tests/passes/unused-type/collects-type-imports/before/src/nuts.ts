export type Hazel = "hazel";
export type Walnut = "walnut";
