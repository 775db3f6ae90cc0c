import { orchard } from "../src/index.ts";
