import { connect } from "market";
import { Cache } from "./cache.ts";

connect({ cache: new Cache() });
