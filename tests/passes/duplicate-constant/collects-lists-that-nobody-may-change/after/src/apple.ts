import { ripeMonths } from "./pear.ts";

export const sellApple = () => ripeMonths.join();
