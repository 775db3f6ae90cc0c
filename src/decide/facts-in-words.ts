import type { Candidate } from "../core/candidate.ts";
import { counted } from "../core/markdown.ts";

/** How long the nights have found something dead. */
export function deadTimeInWords(deadFor: Candidate["deadFor"]): string {
  if (deadFor === undefined) return "nobody remembers since when it is dead";
  const { since, days } = deadFor;
  return days === 0
    ? "tonight found it dead for the first time"
    : `it was found dead since ${since}, ${counted(days, "day")}`;
}

/** What production says of something. */
export function observationInWords(production: Candidate["production"]): string {
  if (production === undefined) return "nothing is known of production";
  switch (production.kind) {
    case "unused":
      return `production did not run it from ${production.since} to ${production.until}, ${counted(production.days, "day")}`;
    case "ran":
      return `production ran ${production.name}, ${production.times === 1 ? "once" : `${production.times} times`} until ${production.until}`;
    case "unknown":
      return production.because;
    default:
      return production satisfies never;
  }
}
