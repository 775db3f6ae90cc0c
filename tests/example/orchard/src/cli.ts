#!/usr/bin/env node
import colours from "picocolors";
import { findCommand } from "./commands/index.ts";

const [word = "list", ...words] = process.argv.slice(2);
const command = findCommand(word);
if (command === undefined) {
  console.error(colours.red(`There is no command "${word}".`));
  process.exitCode = 2;
} else {
  console.log(await command(...words));
}
