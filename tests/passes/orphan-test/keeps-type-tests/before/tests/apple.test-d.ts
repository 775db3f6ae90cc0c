import { expectType } from "tsd";
import type { Apple } from "../src/index.ts";

expectType<Apple>("apple");
