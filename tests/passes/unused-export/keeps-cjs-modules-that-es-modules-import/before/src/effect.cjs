const timers = require("./timers.cjs");

setTimeout(timers.tick, 1);
