import { orchard } from "../index.ts";
