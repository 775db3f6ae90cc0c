export { store } from "fruit-store";
