/** Numbers that a sentence may have without counting anything. */
const numberWords = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/**
 * What a text says that stands nowhere in what it is about: numbers, in digits or words, and names, which are words that
 * look like code. A text that says something of its own cannot be trusted to say the rest as it is.
 */
export function unfounded(
  text: string,
  grounds: { readonly names: readonly string[]; readonly numbers: readonly string[] },
): readonly string[] {
  const known = grounds.names.join("\n");
  const reckoned = grounds.numbers.join("\n");
  const numbers = [...text.matchAll(/(?<![\w.])\d+(?:[.,]\d+)*(?!\w)/g)].map(([number]) => number);
  const counted = [...text.toLowerCase().matchAll(/[a-z]+/g)].map(([word]) => word);
  const names = [...text.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
  const codeLike = [...text.matchAll(/[\w$@./#-]*\w/g)].map(([word]) => word).filter(looksLikeCode);
  return [
    ...numbers.filter((number) => !hasWord(reckoned, number)),
    // "One" is a pronoun as often as a number.
    ...counted.filter((word) => numberWords.indexOf(word) > 0 && !saysNumber(reckoned, word)),
    ...[...names, ...codeLike].filter((name) => !known.includes(name)),
  ];
}

function saysNumber(known: string, word: string): boolean {
  return hasWord(known.toLowerCase(), word) || hasWord(known, String(numberWords.indexOf(word) + 1));
}

function hasWord(text: string, word: string): boolean {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<![\\w.])${escaped}(?![\\w]|\\.\\d)`).test(text);
}

/** `camelCase`, `PascalCase` with two humps, `snake_case`, `CONSTANT_CASE`, paths, calls and file names. */
function looksLikeCode(word: string): boolean {
  return (
    /[a-z\d][A-Z]/.test(word) ||
    /\w_\w/.test(word) ||
    /^[@#]\w/.test(word) ||
    /\w\/\w/.test(word) ||
    /\w\w\.[a-zA-Z]{1,5}$/.test(word)
  );
}
