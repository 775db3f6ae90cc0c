import { startSale } from "./state.js";

startSale();
