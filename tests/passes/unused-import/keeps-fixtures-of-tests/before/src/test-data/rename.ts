import { pick } from "../index.ts";
