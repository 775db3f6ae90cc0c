export const tree = "tree";

type Branch = { readonly twigs: readonly Twig[] };
type Twig = { readonly of: Branch };
export { type Leaf as ignored };
type Leaf = "leaf";
