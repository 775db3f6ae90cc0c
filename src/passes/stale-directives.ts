import type { Directive, DirectiveTool, NamedRule } from "../mark/directives.ts";
import { mayFire } from "../mark/lint-rules.ts";
import type { Coverage } from "./directive-coverage.ts";

/** A directive without effect; of one with rules only those that have none. */
export type Judgement = {
  readonly directive: Directive;
  readonly rules: readonly NamedRule[];
  readonly because: string;
};

/** A stretch in which a linter's rule is switched off; no rule stands for all. */
type Region = { readonly directive: Directive; readonly rule: NamedRule | undefined; readonly end: number };

/** The directives of one file that have no effect. */
export function judgeDirectives(
  directives: readonly Directive[],
  coverage: Coverage,
  absent: ReadonlySet<DirectiveTool>,
): readonly Judgement[] {
  const regions = findRegions(directives);
  const judged = directives.flatMap((directive): readonly Judgement[] => {
    if (absent.has(directive.tool))
      return [whole(directive, `nothing in this repository speaks of ${directive.tool}, which would read it`)];
    if (directive.scope === "end" || directive.scope === "file") return [];
    if (directive.scope === "next" || directive.scope === "if") return judgeNext(directive, coverage);
    return judgeLint(directive, { regions, coverage });
  });
  const ends = directives.filter(({ scope, tool }) => scope === "end" && !absent.has(tool));
  return [...judged, ...ends.flatMap((directive) => judgeEnd(directive, regions, judged))].toSorted(
    (one, other) => one.directive.comment.span.start - other.directive.comment.span.start,
  );
}

function whole(directive: Directive, because: string): Judgement {
  return { directive, rules: directive.rules, because };
}

/** Brackets that close have nothing in them that a tool could look at. */
function judgeNext(directive: Directive, coverage: Coverage): readonly Judgement[] {
  const behind = coverage.behind(directive);
  if (/^[\s)\]}>;,]*$/.test(behind)) return [whole(directive, "no code comes behind it")];
  if (directive.scope === "if" && !/^(?:\}\s*)?(?:else\s+)?if\b/.test(behind))
    return [whole(directive, "no if comes behind it")];
  return [];
}

function judgeLint(
  directive: Directive,
  { regions, coverage }: { readonly regions: readonly Region[]; readonly coverage: Coverage },
): readonly Judgement[] {
  const own = regions.filter((region) => region.directive === directive);
  const endOf = (rule: NamedRule | undefined) => own.find((region) => region.rule === rule)?.end ?? 0;
  if (directive.rules.length === 0) {
    const { whole: covered } = coverage.of(directive, endOf(undefined));
    return covered.trim() === "" ? [whole(directive, "it covers no code")] : [];
  }
  const stale = directive.rules.flatMap((rule) => {
    const because = whyStale({ directive, rule, end: endOf(rule) }, { regions, coverage });
    return because === undefined ? [] : [{ rule, because }];
  });
  const [first] = stale;
  return first === undefined
    ? []
    : [{ directive, rules: stale.map(({ rule }) => rule), because: stale.map(({ because }) => because).join("; ") }];
}

function whyStale(
  { directive, rule, end }: Region & { readonly rule: NamedRule },
  { regions, coverage }: { readonly regions: readonly Region[]; readonly coverage: Coverage },
): string | undefined {
  const { code, whole: covered } = coverage.of(directive, end);
  const place = directive.scope === "region" ? "the code below it" : "that line";
  if (!mayFire(rule.name, code, covered)) return `${rule.name} cannot complain about anything in ${place}`;
  if (directive.rules.some((other) => other.name === rule.name && other.span.start < rule.span.start))
    return `it names ${rule.name} twice`;
  const { start } = directive.comment.span;
  const around = regions.find(
    (region) =>
      region.directive !== directive &&
      (region.rule === undefined || region.rule.name === rule.name) &&
      region.directive.comment.span.start < start &&
      Math.max(end, directive.comment.span.end) <= region.end,
  );
  return around === undefined
    ? undefined
    : `${rule.name} is switched off already, from line ${coverage.lineOf(around.directive.comment.span.start)}`;
}

/** What block comments switch off, each rule until it is switched on again. */
function findRegions(directives: readonly Directive[]): readonly Region[] {
  return directives
    .filter(({ scope, tool }) => scope === "region" && tool === "eslint")
    .flatMap((directive) => {
      const rules = directive.rules.length === 0 ? [undefined] : directive.rules;
      return rules.map((rule) => {
        const end = directives.find((other) => endsRule(other, rule) && isBehind(other, directive));
        return { directive, rule, end: end?.comment.span.start ?? Infinity };
      });
    });
}

function endsRule({ scope, rules }: Directive, rule: NamedRule | undefined): boolean {
  return scope === "end" && (rules.length === 0 || rules.some(({ name }) => name === rule?.name));
}

function isBehind(one: Directive, other: Directive): boolean {
  return one.comment.span.start > other.comment.span.start;
}

/** Switching on again does something only while something is switched off. */
function judgeEnd(
  directive: Directive,
  regions: readonly Region[],
  judged: readonly Judgement[],
): readonly Judgement[] {
  const isGone = ({ directive: other, rule }: Region) =>
    judged.some((one) => one.directive === other && (rule === undefined || one.rules.includes(rule)));
  const { start } = directive.comment.span;
  const open = regions.filter(
    (region) => isBehind(directive, region.directive) && region.end >= start && !isGone(region),
  );
  const isNeeded = (name: string) => open.some(({ rule }) => rule === undefined || rule.name === name);
  const because = "nothing is switched off there";
  if (directive.rules.length === 0) return open.length === 0 ? [whole(directive, because)] : [];
  const rules = directive.rules.filter(({ name }) => !isNeeded(name));
  return rules.length === 0 ? [] : [{ directive, rules, because }];
}
