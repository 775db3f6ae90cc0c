import { connect } from "market";
import { Cache } from "./cache.ts";

const cache = new Cache();
cache.clearAll();
connect({ cache });
