import { fruitCode, sellApple } from "./apple.ts";

export const sellPear = () => sellApple() && fruitCode.test("pear-0001-de");
