namespace Units {
  export const metre = 1;
  export const mile = metre * 1609;
  export const started = console.log("started");
}

namespace Passed {
  export const metre = 1;
}

console.log(Units.mile, Passed);
