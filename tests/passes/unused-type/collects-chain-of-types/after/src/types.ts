export type Apple = { readonly colour: Colour };

type Colour = "red" | "green";
