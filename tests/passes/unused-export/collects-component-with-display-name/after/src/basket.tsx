import { Label } from "./label.tsx";

export function Basket() {
  return <Label.Text>apples</Label.Text>;
}
