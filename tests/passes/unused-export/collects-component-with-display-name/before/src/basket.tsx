import { forwardRef } from "react";
import { Label } from "./label.tsx";

export function Basket() {
  return <Label.Text>apples</Label.Text>;
}

export const Crate = forwardRef<unknown>(() => <Label.Box />);
Crate.displayName = "Crate";
