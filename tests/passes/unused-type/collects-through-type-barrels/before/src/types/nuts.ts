export type Hazel = "hazel";
