import { orders } from "./order.ts";
import { Storage } from "./storage.ts";

const store = new Storage();
const { getSize } = new Storage();
console.log(store.getId(), getSize(), orders.length, orders[0]?.weigh(), orders[0]?.pack(), new Map([["a", 1]]).get("a"));
