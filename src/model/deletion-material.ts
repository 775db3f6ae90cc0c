import type { Candidate } from "../core/candidate.ts";
import type { Material, MaterialItem } from "../core/material.ts";

/** Something of the repository that may speak for or against a deletion. */
export type Piece = Omit<MaterialItem, "source">;

/** A question costs what it shows, so each piece and all of them together have an end. */
const longestPiece = 4000;
const longestMaterial = 24_000;
const mostMembers = 12;

/** What a model is shown of one deletion: what we know of it, and pieces of the repository in the order of their worth. */
export function deletionMaterial(candidate: Candidate, pieces: readonly Piece[]): Material {
  const { category, subject, members, evidence, ageDays, exposure } = candidate;
  return {
    facts: {
      category,
      name: subject.name,
      place: `${subject.file}:${subject.line}`,
      "goes with it": members.slice(0, mostMembers).map(({ file, name }) => `${file}#${name}`),
      "why it counts as dead": evidence.map(({ text }) => text),
      "visible to": exposure,
      "age in days": ageDays ?? "unknown",
    },
    items: itemsOf(pieces),
  };
}

/** What a model is shown of all that goes in one pull request. */
export function batchMaterial(candidates: readonly Candidate[], pieces: readonly Piece[]): Material {
  return {
    facts: {
      categories: [...new Set(candidates.map(({ category }) => category))],
      "what goes": candidates
        .slice(0, mostMembers)
        .map(({ subject, evidence: [first] }) => `${subject.file}#${subject.name}: ${first?.text ?? "unused"}`),
      "last commits": [...new Set(candidates.flatMap(({ lastTouched }) => lastTouched?.subject ?? []))],
    },
    items: itemsOf(pieces),
  };
}

function itemsOf(pieces: readonly Piece[]): Material["items"] {
  let room = longestMaterial;
  const items = pieces.flatMap((piece): readonly Piece[] => {
    const text = clipText(piece.text, Math.min(longestPiece, room));
    room -= text.length;
    return text === "" ? [] : [{ ...piece, text }];
  });
  return items.map((item, index) => ({ source: `m${index + 1}`, ...item }));
}

/** Whole lines, so that the last one is not half a word. */
function clipText(text: string, room: number): string {
  if (text.length <= room) return text;
  const cut = text.slice(0, Math.max(0, room));
  return cut.slice(0, Math.max(0, cut.lastIndexOf("\n")));
}
