/** @jsx grow */
/** @jsxFrag Row */
import { grow, Row } from "./grow.js";

export const Plum = () => <><b /></>;
