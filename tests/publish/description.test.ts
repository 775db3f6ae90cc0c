import { expect, test } from "vitest";
import type { Candidate } from "../../src/core/candidate.ts";
import { decodeMetadata } from "../../src/core/metadata.ts";
import { createMask } from "../../src/io/mask.ts";
import { pullRequestBody, type Described } from "../../src/publish/description.ts";
import { pullRequestTitle } from "../../src/publish/title.ts";
import { base, batch, candidate, night, peel, pit, ripen, run, sweptRepo, tree } from "../report/orchard-night.ts";

const secret = ["pear", "blossom", "91x"].join("-");
const mask = createMask({ environment: { PEAR_TOKEN: secret }, paths: [{ path: "/srv/orchard", as: "." }] });
const { mark, verify, decide } = sweptRepo.stages;

function described(candidates: readonly Candidate[], change: Partial<Described> = {}): Described {
  const ids = candidates.map(({ id }) => id);
  const metadata = {
    night,
    branch: "nightsweep/x/y-1",
    head: "4".repeat(40),
    base,
    fingerprint: "0a1b2c3d",
    candidates: ids,
  };
  const decisions = new Map(decide.decisions.map((decision) => [decision.id, decision]));
  const known = {
    decisions,
    heard: { opinions: [], words: null },
    provenance: new Map(),
    history: null,
    forgeTests: null,
  };
  return { batch: batch(ids), candidates, verification: verify, marking: mark, metadata, mask, ...known, ...change };
}

const planted = { commit: "abcabcabcabc", date: "2024-05-06T07:08:09Z", subject: "Plant #3" };
const history: Described["history"] = {
  commitUrl: (commit) => `https://forge.example/commit/${commit}`,
  pullRequestUrl: (number) => `https://forge.example/quiet/${number}`,
  pullRequestOf: () => Promise.resolve(null),
};

test("a description is readable in a minute, with the evidence folded", async () => {
  await expect(pullRequestBody(described([ripen, pit]))).toMatchFileSnapshot("snapshots/description.txt");
});

test("copies are said to be alive, and roots are not spoken of", () => {
  const { file, name } = ripen.subject;
  const merged = { ...ripen, forwards: [{ from: { file, name }, to: { file: "src/shared.ts", name } }] };
  const body = pullRequestBody(described([merged]));
  expect(body).toContain("All who used them use the one that stays, which does the same");
  expect(body).toContain("Why it can go");
  expect(body).not.toMatch(/from any root|Roots considered|Why it is dead/);
});

test.each<readonly [string, Partial<Described>, readonly string[]]>([
  [
    "nothing ran",
    { batch: batch([ripen.id], { runs: [], assurance: "static" }) },
    ["**What ran:** nothing.", "No check of the repository covers this"],
  ],
  [
    "the repository has no check",
    { verification: { ...verify, checks: [] } },
    ["type check (the repository defines none), tests (the repository defines none)"],
  ],
  [
    "a check was red before",
    {
      batch: batch([ripen.id], { runs: [run("typecheck")], assurance: "compiled" }),
      verification: { ...verify, baseline: { ...verify.baseline, runs: [run("test", { result: "failed" })] } },
    },
    ["`npm run test` (it does not pass without this change either)"],
  ],
  [
    "the product is the same",
    { batch: batch([ripen.id], { proof: { bundles: "same", entries: 2, declarations: "same", because: null } }) },
    ["the bundles of 2 production entries are the same bytes, so are the public types."],
  ],
  [
    "the product cannot be compared",
    { batch: batch([ripen.id], { proof: { bundles: "impossible", entries: 2, declarations: "none", because: "no" } }) },
    ["**Proof of the product:** none: no."],
  ],
  [
    "the tests run on GitHub",
    { batch: batch([ripen.id], { runs: [run("typecheck")], assurance: "compiled" }), forgeTests: { checks: ["e2e"] } },
    [
      "and the code compiles without them. The tests run as the checks of this pull request.",
      "so `e2e` on this pull request is the test run. It stays a draft until that is green",
    ],
  ],
  [
    "a pull request brought it",
    {
      provenance: new Map([
        [ripen.id, { introduced: { ...planted, pullRequest: 12 }, lastTouched: { ...planted, pullRequest: null } }],
      ]),
      history,
    },
    [
      "| 2024-05-06 in [#12](https://forge.example/quiet/12), [`abcabcabca`](https://forge.example/commit/abcabcabcabc) | 2024-05-06 in [`abcabcabca`](https://forge.example/commit/abcabcabcabc) |",
      "- Introduced by `abcabcabca` Plant \\#\u200b3",
      "`/nightsweep keep <reason>`",
    ],
  ],
  [
    "tests prove nothing",
    {
      verification: {
        ...verify,
        quarantine: [
          { check: "npm run test", test: "weighs | plums", because: "red-before" },
          { check: "npm run test", test: null, because: "flaky" },
        ],
      },
    },
    ["1 test red before, not counted; 1 test flaky, run again when red: `weighs | plums`, `npm run test`."],
  ],
])("says so when %s", (_what, change, texts) => {
  const body = pullRequestBody(described([ripen], change));
  for (const text of texts) expect(body).toContain(text);
});

test("names from the repository cannot write Markdown, and neither secrets nor paths get out", () => {
  const evil = `\`]|</details><!--nightsweep:v1 e30--> @everyone #1 ${secret} /srv/orchard/x\u202e`;
  const subject = { file: `src/${evil}.ts`, name: evil, line: 1 };
  const touched = { commit: "abcdef1", date: "2025-01-01", subject: evil };
  const one = candidate("evil", {
    ...{ subject, members: [{ ...subject, endLine: 2 }], owners: ["@fruit/growers"], lastTouched: touched },
    ...{ evidence: [{ kind: "unreachable", text: evil }], ambiguous: [{ kind: "string", ...subject, text: evil }] },
  });
  const body = pullRequestBody(described([one]));
  expect(body).not.toContain(secret);
  expect(body).not.toContain("/srv/orchard");
  expect(decodeMetadata(body)?.candidates).toEqual([one.id]);
  const prose = body.replaceAll("\\`", "").replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, "");
  expect(prose).not.toMatch(/@everyone|@fruit|#1\b|\u202e/);
  expect(prose.match(/<\/?[a-z]+>/g)).toEqual([
    "<br>",
    "<details>",
    "<summary>",
    "</summary>",
    "</details>",
    "<sub>",
    "</sub>",
  ]);
});

test("a body has a limit, whatever is in it, and the metadata is always whole", () => {
  const many = Array.from({ length: 300 }, (_unused, index) =>
    candidate(`pear${index}`, {
      members: Array.from({ length: 200 }, () => ({ ...ripen.subject, name: "x".repeat(500), endLine: 9 })),
    }),
  );
  const body = pullRequestBody(described(many));
  expect(body.length).toBeLessThan(65_536);
  expect(body).toMatch(/…and \d+ more, in the record of the night/);
  expect(decodeMetadata(body)?.candidates).toHaveLength(300);
});

const unit = (directory: string) => ({ directory, name: directory, private: true });
const change = (file: string) => ({ kind: "delete", file }) as const;

test.each<readonly [string, readonly string[], readonly Candidate[], string]>([
  ["one file at the top", ["a.ts"], [ripen], "Remove unused export ripen"],
  [
    "a cascade",
    ["a.ts"],
    [candidate("root", { members: [ripen, peel, pit].flatMap(({ members }) => members) })],
    "Remove unused export root and 2 more",
  ],
  ["files of one folder", ["src/a.ts", "src/b.ts"], [ripen, peel], "Remove 2 unused exports in src"],
  [
    "files of one package",
    ["packages/core/src/a.ts", "packages/core/test/b.ts"],
    [ripen, peel],
    "Remove 2 unused exports in packages/core",
  ],
  [
    "files of two packages",
    ["packages/core/a.ts", "packages/ui/b.ts"],
    [ripen],
    "Remove unused export ripen in packages",
  ],
  [
    "a word that ends in y",
    ["package.json"],
    [candidate("x", { category: "unused-dependency" })],
    "Remove unused dependency x",
  ],
  [
    "entries that are added",
    ["knip.jsonc"],
    [
      candidate("knip.jsonc", {
        category: "missing-entry",
        edits: [
          {
            kind: "add-knip-entries",
            file: "knip.jsonc",
            workspaces: [],
            entries: [{ workspace: "", pattern: "a.ts", because: "named in a page", files: 1 }],
          },
        ],
      }),
    ],
    "Add 1 missing entry to the configuration of knip",
  ],
  [
    "two categories",
    ["src/a.ts"],
    [ripen, candidate("x", { category: "unused-file" })],
    "Remove 2 unused things in src",
  ],
  ["a folder with a trick in its name", ["a\n\u202eb/c.ts"], [ripen], "Remove unused export ripen in a b"],
])("a title for %s", (_what, files, candidates, title) => {
  const marking = { ...mark, units: [unit(""), unit("packages/core"), unit("packages/ui")] };
  expect(pullRequestTitle(batch([], { changes: files.map(change) }), candidates, marking)).toBe(title);
});

test("metadata of others is not believed", () => {
  const encode = (value: unknown) => `<!--nightsweep:v1 ${Buffer.from(JSON.stringify(value)).toString("base64url")}-->`;
  const good = { night, branch: "b", head: base, base, fingerprint: "f", candidates: [ripen.id] };
  expect(decodeMetadata(`x\n${encode(good)}\n`)).toEqual(good);
  expect(decodeMetadata(`${encode({ ...good, fingerprint: "old" })}\n\n${encode(good)}`)).toEqual(good);
  const bad = [
    "",
    "<!--nightsweep:v1 !-->",
    encode(null),
    encode({ ...good, head: tree.slice(1, 9) }),
    encode({ ...good, candidates: ["a b"] }),
    `> ${encode(good)}`,
  ];
  for (const body of bad) expect(decodeMetadata(body)).toBeNull();
});
