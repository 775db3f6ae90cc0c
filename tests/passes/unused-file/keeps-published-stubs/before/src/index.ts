export { fruits } from "./fruits.ts";
