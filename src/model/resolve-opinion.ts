import type { Material, MaterialItem } from "../core/material.ts";
import type { CandidateId } from "../core/names.ts";
import { objections, type Citation, type Opinion, type OpinionAnswer } from "../core/opinion.ts";
import { unfounded } from "./true-words.ts";

/** A shorter quote stands in every text. */
const shortestQuote = 10;
const longestQuote = 200;
const longestReason = 300;
const mostCitations = 3;

/**
 * What an answer comes to once it is held against what the model was shown: an objection stands on quotes that are
 * there, letter by letter but for white space. null: it objects and shows nothing for it, so it is no opinion.
 */
export function resolveOpinion(
  answer: OpinionAnswer,
  given: Material,
  about: { readonly id: CandidateId; readonly model: string },
): Opinion | null {
  if (answer.verdict === "no-objection") return { ...about, verdict: "no-objection", reason: "", citations: [] };
  const resolved = answer.citations.flatMap((citation) => resolve(citation, given.items));
  const isBacked = answer.verdict !== "principle" || resolved.some(({ kind }) => kind === "principle");
  if (resolved.length === 0 || !isBacked) return null;
  const citations = resolved.slice(0, mostCitations).map(({ place, quote }) => ({ place, quote }));
  return { ...about, verdict: answer.verdict, reason: reasonOf(answer, given), citations };
}

function resolve(
  { source, quote }: OpinionAnswer["citations"][number],
  items: readonly MaterialItem[],
): readonly (Citation & Pick<MaterialItem, "kind">)[] {
  const wanted = oneLine(quote);
  const item = items.find((one) => one.source === source);
  if (item === undefined || wanted.replace(/[^\p{L}\p{N}]/gu, "").length < shortestQuote) return [];
  if (!oneLine(item.text).includes(wanted)) return [];
  const line = item.line === null ? null : item.line + linesBefore(item.text, wanted);
  const place = line === null ? item.place : `${item.place}:${line}`;
  return [{ kind: item.kind, place, quote: wanted.slice(0, longestQuote) }];
}

/** How many lines of a text come before a quote that may go over several of them. */
function linesBefore(text: string, quote: string): number {
  const lines = text.split("\n");
  const last = lines.findLastIndex((_line, index) => oneLine(lines.slice(index).join("\n")).includes(quote));
  return Math.max(0, last);
}

/** A reason that names what it was not shown is replaced by the words of its verdict. */
function reasonOf({ verdict, reason }: OpinionAnswer, { facts, items }: Material): string {
  const own = oneLine(reason);
  const ours = verdict === "no-objection" ? "" : objections[verdict];
  if (own === "" || own.length > longestReason) return ours;
  const grounds = [...items.flatMap(({ text, place }) => [text, place]), JSON.stringify(facts)];
  return unfounded(own, { names: grounds, numbers: grounds }).length > 0 ? ours : own;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
