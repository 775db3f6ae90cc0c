import "./ripen.ts";

export { apple } from "./apple.ts";
