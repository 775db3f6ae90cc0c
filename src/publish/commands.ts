import type { PersonComment } from "./standing-port.ts";

/** What a person can write on a line of its own, behind `/nightsweep`. */
export const commandWords = {
  keep: { use: "keep <reason>", does: "keeps the code until it changes, and closes this pull request" },
  snooze: { use: "snooze 30d", does: "closes this pull request and asks again after that time (d, w, m)" },
  why: { use: "why <symbol>", does: "says why the symbol is dead" },
  retry: { use: "retry", does: "makes this pull request anew on top of its base, tonight" },
} as const;

type Order =
  | { readonly kind: "keep"; readonly reason: string }
  | { readonly kind: "snooze"; readonly days: number }
  | { readonly kind: "why"; readonly symbol: string }
  | { readonly kind: "retry" }
  | { readonly kind: "unknown"; readonly words: string };

/** An order of a person who may give one, and which of the orders in a comment it is. */
export type Command = Order & { readonly comment: PersonComment; readonly index: number };

const daysOf = { d: 1, w: 7, m: 30, "": 1 } as const;
const longestReason = 300;
const mostDays = 3650;
const mostOrders = 10;

/**
 * The orders in a comment: lines that begin with `/nightsweep`, outside of quotes and code blocks. Of somebody who may not
 * write to the repository none is an order.
 */
export function readCommands(comment: PersonComment): readonly Command[] {
  if (!comment.mayWrite) return [];
  const withoutCode = comment.text.replace(/^ {0,3}(```+|~~~+)[\s\S]*?(?:^ {0,3}\1|(?![\s\S]))/gm, "");
  const orders = withoutCode
    .split(/\r?\n/)
    .flatMap((line) => /^\/nightsweep\b(?![-/])\s*(.*)$/i.exec(line.trimEnd())?.[1] ?? []);
  return orders.slice(0, mostOrders).map((words, index) => ({ comment, index, ...readOrder(words.trim()) }));
}

function readOrder(words: string): Order {
  const [word, rest] = splitOnce(words);
  switch (word.toLowerCase()) {
    case "keep":
      return { kind: "keep", reason: rest.slice(0, longestReason) };
    case "snooze": {
      const days = readDays(rest);
      return days === null ? { kind: "unknown", words } : { kind: "snooze", days };
    }
    case "why":
      return { kind: "why", symbol: rest.replace(/^`+|`+$/g, "").slice(0, longestReason) };
    case "retry":
      return { kind: "retry" };
    default:
      return { kind: "unknown", words };
  }
}

function readDays(text: string): number | null {
  const [, count = "", unit = ""] = /^(\d{1,4})\s*([dwm]?)(?:ays?|eeks?|onths?)?$/i.exec(text) ?? [];
  const days = Number(count) * daysOf[isUnit(unit.toLowerCase())];
  return days > 0 && days <= mostDays ? days : null;
}

function isUnit(unit: string): keyof typeof daysOf {
  return unit === "w" || unit === "m" ? unit : "d";
}

function splitOnce(words: string): readonly [string, string] {
  const at = words.search(/\s/);
  return at === -1 ? [words, ""] : [words.slice(0, at), words.slice(at).trim()];
}
