import type { Span } from "../core/edit.ts";
import { contains, type Module } from "../mark/module.ts";

/*
 * Whether code only calls a function, or looks at which function it is. Two functions that do the same are two things to
 * whoever compares them, keeps them in a set, listens and stops listening with them, hands their text to a browser or a
 * worker, or hangs a property on them; a call does not tell them apart.
 */

/** Where a module uses a name as more than something to call; undefined when it does not. */
export function findIdentityUse(module: Module, name: string, own: Span | undefined): number | undefined {
  return module.uses.find(
    (use) =>
      use.name === name &&
      use.typeOnly === undefined &&
      !(own !== undefined && contains(own, use.at)) &&
      !isSpecifier(module, use.at) &&
      !isHarmless(module.text, use.at, name),
  )?.at;
}

/** Whether code of a module outside of a span uses a name; export lists and comments do not. */
export function isUsedInCode(module: Module, name: string, own: Span): boolean {
  return module.uses.some(
    (use) =>
      use.name === name &&
      !contains(own, use.at) &&
      !isSpecifier(module, use.at) &&
      module.text.startsWith(name, use.at) &&
      !isInComment(module.text, use.at),
  );
}

function isSpecifier({ imports, exports }: Module, at: number): boolean {
  return (
    imports.some(({ span }) => contains(span, at)) ||
    exports.some(({ site }) => site !== undefined && contains(site.owner, at))
  );
}

/** Methods that only call what they are given. */
const callingMethod =
  /\.(?:map|filter|forEach|some|every|find|findIndex|findLast|findLastIndex|flatMap|reduce|reduceRight|sort|toSorted|then|catch|finally)\(\s*$/;

function isHarmless(text: string, at: number, name: string): boolean {
  // A comment that names it, and what stands at the end of the file for one, is no use when the program runs.
  if (!text.startsWith(name, at)) return true;
  const before = text.slice(Math.max(0, at - 200), at);
  const behind = text.slice(at + name.length, at + name.length + 200);
  if (isInComment(text, at)) return true;
  if (/^\s*(?:\?\.)?\s*(?:<[^;(){}=]*>\s*)?\(/.test(behind)) return !/\bnew\s+$/.test(before);
  if (/^\s*[,)]/.test(behind) && callingMethod.test(before)) return true;
  // What an element is given: `onClick={weigh}`.
  return /\s[\w-]+=\{\s*$/.test(before) && /^\s*\}/.test(behind);
}

function isInComment(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf("\n", at) + 1, at);
  return /^\s*(?:\/?\*|\/\/)/.test(line);
}
