import * as label from "./label.ts";
import * as list from "./list.ts";
import * as price from "./price.ts";

type Command = (...words: string[]) => string | Promise<string>;

const modules: Readonly<Record<string, Readonly<Record<string, unknown>>>> = { label, list, price };

/** Finds a command by the word that was typed: the function has the name of its module. */
export function findCommand(word: string): Command | undefined {
  const command = modules[word]?.[word];
  return typeof command === "function" ? (command as Command) : undefined;
}
