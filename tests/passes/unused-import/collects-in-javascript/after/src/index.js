import { apple } from "./fruits.js";
import "./polyfill.js";

export const lunch = apple;
