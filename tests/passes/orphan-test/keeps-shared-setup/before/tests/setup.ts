import { fakeClock } from "../src/clock.ts";

fakeClock.now = 1;
