/** @jsx plant */
import { plant } from "./plant.js";

const Apple = () => <b />;
const colour = "red";
const props = { ripe: true };
/** @typedef {Record<string, Stone>} Stones */
class Stone {}

/** @param {Stones} stones */
export function Basket(stones) {
  const Pear = Apple;
  return (
    <Pear {...props} colour={colour}>
      {stones}
    </Pear>
  );
}
