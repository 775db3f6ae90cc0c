export const fruitCode =
  /^(?:apple|pear|plum|quince|medlar|damson|greengage|mirabelle)-[0-9]{4}-[a-z]{2}(?:-ripe)?$/i;

export const sellApple = () => fruitCode.test("apple-0001-de");
