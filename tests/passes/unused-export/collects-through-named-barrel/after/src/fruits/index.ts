export { apple } from "./apple.ts";
import "./pear.ts";
