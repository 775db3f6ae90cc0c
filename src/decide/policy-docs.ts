import { listFields } from "../core/config-docs.ts";
import { codeSpan, escapeMarkdown, proseWithCode, table } from "../core/markdown.ts";
import { policyKeysSchema } from "../core/policy-schema.ts";
import { actions, assuranceLevels, categories, exposures, type Action, type AssuranceLevel } from "../core/policy.ts";
import { recipes } from "./recipes.ts";

/**
 * Renders `policies/README.md`: what a policy is, every key from the schema, the categories, recipes, and the sections
 * of the passes, which the caller has rendered.
 */
export function renderPolicyDocs(passSections: string): string {
  return [
    "<!-- Generated from the code: change it there. -->",
    "# Policies",
    "A policy says what may happen to what is found. It is a YAML file; `policy` in `daemon.config.ts` names the one in use.",
    list([
      "`standard.yaml` is the default: what is surely dead and has not been touched for two weeks becomes a pull request.",
      "`conservative.yaml` is for the first weeks in a repository: small, old, hidden, and only with passing tests.",
      "`aggressive.yaml` is for applications with strong tests: it extends `standard.yaml`, and what was proven may merge by itself once that was earned.",
    ]),
    "Editors complete the keys with `# yaml-language-server: $schema=./policy.schema.json` in the first line; `repository.schema.json` is for a repository's own file.",
    ...layerSections,
    "## How it decides",
    [
      `1. Actions are ordered ${orderOf(actions)}.`,
      "2. `protect` wins. Else the first rule that matches decides, else `defaultAction`. `ceiling` caps what comes out.",
      "3. Once the repository's own checks have run, the policy decides again with what they showed.",
      "4. An alarm (no production root, too much dead at once, a config that did not load) allows a report at most.",
    ].join("\n"),
    "A candidate may spread over several files and packages. A rule that lets it through must match all of them; a rule that only reports or ignores matches when one of them does.",
    "A mistake in the file stops the night before it begins, with the line, the key and what is allowed.",
    table(
      ["action", "meaning"],
      actions.map((action) => [codeSpan(action), actionMeanings[action]]),
    ),
    "## Assurance",
    table(
      ["level", "means"],
      assuranceLevels.map((level) => [codeSpan(level), proseWithCode(levelMeanings[level])]),
    ),
    ...observationSections,
    `Exposure is ordered ${orderOf(exposures)}: who could see the thing.`,
    "## Keys",
    table(
      ["key", "default", "meaning"],
      listFields(policyKeysSchema()).map(({ path, fallback, description }) => [
        codeSpan(path),
        fallback === "" || fallback === "required" ? fallback : codeSpan(fallback),
        proseWithCode(description),
      ]),
    ),
    "## Categories",
    table(
      ["category", "what goes"],
      Object.entries(categories).map(([name, { removes }]) => [codeSpan(name), escapeMarkdown(removes)]),
    ),
    "## Recipes",
    ...recipes.map(({ title, yaml }) => `### ${title}\n\n\`\`\`yaml\n${yaml.trim()}\n\`\`\``),
    "## Passes",
    passSections,
  ]
    .join("\n\n")
    .concat("\n");
}

const layerSections = [
  "## Who says what",
  [
    "1. The operator's file (`policy` in `daemon.config.ts`). With `extends` it stands on others: its values win, its rules come first, what it protects is added.",
    "2. The organisation's file (`organisationPolicy`), if there is one.",
    "3. `.github/nightsweep.yml` (or `.yaml`) of the repository, as it is at the tip of its default branch. It has the same keys but `extends` and `flags`.",
  ].join("\n"),
  "Between them the stricter wins, for every single candidate and value, so that a later one can only narrow. What would widen is allowed, does nothing, and `nightsweep policy check` says so. A file that cannot be read never stops a night: its repository is only reported on, and the report names the line and column.",
  '```yaml\n# .github/nightsweep.yml\nversion: 1\nceiling: propose\nprotect:\n  paths: ["apps/checkout/**"]\n  owners: ["@acme/security"]\nlimits: { pullRequestsPerNight: 1 }\nschedule:\n  timeZone: Europe/Berlin\n  days: [mon, tue, wed]\n  freeze:\n    - { from: 2026-12-18, to: 2027-01-04, reason: holidays }\n```',
  "## What is earned",
  "A rule proposes from the beginning. One whose action is `automerge` proposes as well until its record is good (`trust.promoteAbove` over the last `trust.over` pull requests that ended, none taken back) and a person has confirmed it: `nightsweep policy promote <repo> <rule> --to automerge`. It falls back by itself when a pull request of it is closed, reverted or its code comes back, and says so in the report. Below `trust.demoteBelow` the daemon keeps to one open pull request.",
  "## Trying it out",
  table(
    ["command", "what it says"],
    [
      [
        "`nightsweep policy check [file]`",
        "mistakes with line and column, rules that can never match, values without effect; ends with 2 for mistakes and with 1 for rules that can never match",
      ],
      [
        "`nightsweep policy print <repo>`",
        "the policy that is in force for a repository, each value with where it comes from",
      ],
      [
        "`nightsweep explain <repo> <candidate or file#symbol>`",
        "each layer, rule by rule, and why not; what was answered before; `--save-test` keeps it as a test",
      ],
      [
        "`nightsweep policy simulate --policy new.yaml --last 14`",
        "what recorded nights would have done under another policy, and what became of it",
      ],
      ["`nightsweep policy test`", "the tests in `policies/tests/*.yaml`"],
      ["`nightsweep policy backtest <repo>`", "what the policy would have done on the repository's own past"],
      [
        "`nightsweep policy promote <repo> <rule> --to <level>`",
        "lets a rule go further in a repository, or holds it back",
      ],
    ].map(([command = "", says = ""]) => [command, proseWithCode(says)]),
  ),
  "A backtest recommends an age only from 20 proposals on. What it said of real repositories, and what was checked of that by hand, is in [backtests.md](backtests.md).",
];

const observationSections = [
  "## What nights and production have seen",
  "`minDeadDays` waits: it asks that every night has found a candidate dead for so many days. The ledger remembers since when; a night that does not find it, or an edit of it, begins anew, a move does not. A first night has seen nothing yet.",
  "`unusedInProductionDays` asks production. Say in `daemon.config.ts` where its coverage lies, in the format of Node (`NODE_V8_COVERAGE=folder node ...`, source maps are followed) or of Istanbul (`coverage-final.json`):",
  '```ts\n{\n  location: "https://github.com/acme/shop.git",\n  production: {\n    coverage: ["/var/coverage/shop"],\n    since: "2026-09-01",\n    paths: { "/srv/app": "apps/shop" },\n    covers: ["apps/shop/src/**"],\n  },\n}\n```',
  list([
    "Functions and methods are known by file and name, and by line where nobody touched the file since the data begins.",
    "The days count from `since` or from the last change of the code, whichever is later, to the last day of the data; data that ended more than a week ago says nothing.",
    "A file that the data does not name is not known, unless `covers` says that all of such code runs there: then it was never loaded.",
    "Types and plain values have no counter, nor have classes without a constructor in Node's data: by themselves they stay unknown, which no rule with this key matches.",
    "What production ran is only reported, whatever a rule says: something uses it.",
  ]),
];

const actionMeanings = {
  ignore: "Nothing: it is not even listed.",
  report: "It is listed in the report of the night.",
  propose: "It becomes part of a pull request.",
  automerge: "It becomes part of a pull request that may merge itself once everything is green.",
} as const satisfies Record<Action, string>;

const levelMeanings = {
  suspected: "One analysis says so, or a word somewhere might refer to it. No check lifts it from here.",
  static: "Unreachable from every root, and nothing mentions it.",
  compiled: "And the repository's own type check or build has no new error.",
  tested: "And its own tests pass before and after, the same tests but those that went with the code.",
  proven: "And the production bundles are byte for byte the same before and after.",
} as const satisfies Record<AssuranceLevel, string>;

function orderOf(words: readonly string[]): string {
  return words.map(codeSpan).join(" < ");
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}
