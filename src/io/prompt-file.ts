import { readFileSync } from "node:fs";
import path from "node:path";
import { packageRoot } from "./own-package.ts";

/** The newest version of each prompt. A change of its text is a new file, so that an answer says what was asked. */
const versions = { "second-opinion": 1, words: 1 } as const;

/** What a model is told before it gets the material. */
export type Prompt = { readonly name: string; readonly text: string };

/** Reads a prompt in its newest version. */
export function readPrompt(subject: keyof typeof versions): Prompt {
  const name = `${subject}.v${versions[subject]}`;
  return { name, text: readFileSync(path.join(packageRoot, "prompts", `${name}.md`), "utf8") };
}
