import { codeSpan, proseWithCode } from "../core/markdown.ts";
import type { RepoResult } from "../core/stage.ts";

/**
 * What the record of a repository changed tonight, a line each: what came back, what rules lost by it, what they have
 * earned and a person may confirm, and that the daemon slows down.
 */
export function trustLines({ repo, stages }: RepoResult): readonly string[] {
  const { resurrected = [], trust } = stages.decide ?? {};
  const back = resurrected.map(
    ({ because, url }) => `**Taken back:** ${proseWithCode(because)}${url === null ? "" : ` (it went in ${url})`}.`,
  );
  if (trust === undefined) return back;
  const { demotions, suggestions, throttled } = trust;
  return [
    ...back,
    ...demotions.map(
      ({ rule, from, to, because }) =>
        `**Demoted:** the rule ${codeSpan(rule)} may only ${to} from now on, no longer ${from}: ${proseWithCode(because)}.`,
    ),
    ...suggestions.map(
      ({ rule, to, because }) =>
        `**Earned:** the rule ${codeSpan(rule)} may ${to} if somebody confirms it: ${proseWithCode(because)}. ` +
        codeSpan(`nightsweep policy promote ${repo} ${rule} --to ${to} --why "${because}"`),
    ),
    ...(throttled === null
      ? []
      : [`**Slowed down:** at most one pull request is open at a time, since ${proseWithCode(throttled)}.`]),
  ];
}
