import { Apple, Basket } from "./fruits.tsx";
import * as trees from "./trees.tsx";
import Plum from "./plum.tsx";

export function Shop() {
  return (
    <Basket.Root render={() => <Plum<string> value="" />}>
      <Apple {...{ red: true }} />
      <trees.PearTree />
    </Basket.Root>
  );
}
