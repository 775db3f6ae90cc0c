import whole from "./whole.cjs";
import { a } from "./part.cjs";
import "./effect.cjs";

export default [whole, a];
