import { app, run } from "fruit-server";

app.use((error, request, response, next) => {
  response.end(error);
});

export function weigh(fruit: string, grams: number): number {
  return fruit.length;
}

export const handler = (event: string, context: string): string => event;

function pass(fruit: string, grams: number): string {
  return fruit;
}
run(pass);
pass("apple", 1);

function count(fruit: string, grams: number): number {
  return arguments.length;
}
count("apple", 1);

function overloaded(fruit: string, grams: number): string;
function overloaded(fruit: number, grams: number): string;
function overloaded(fruit: unknown, grams: number): string {
  return String(fruit);
}
overloaded("apple", 1);

function typed(fruit: string, grams: number): string {
  return fruit;
}
typed("apple", 1);
export type Typed = Parameters<typeof typed>;

["pear"].forEach((_fruit) => console.log("one"));
["pear"].map((fruit, index) => index);
