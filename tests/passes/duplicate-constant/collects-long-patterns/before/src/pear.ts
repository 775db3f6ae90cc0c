import { sellApple } from "./apple.ts";

const fruitCode =
  /^(?:apple|pear|plum|quince|medlar|damson|greengage|mirabelle)-[0-9]{4}-[a-z]{2}(?:-ripe)?$/i;

export const sellPear = () => sellApple() && fruitCode.test("pear-0001-de");
