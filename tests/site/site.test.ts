import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nightId } from "../../src/core/names.ts";
import { renderNightPages } from "../../src/report/site/night-page.ts";
import { rewriteReports, documentOfNight } from "../../src/write-reports.ts";
import { temporaryFolder } from "../command-line.ts";
import { candidate, orchardNight, sweptRepo } from "../report/orchard-night.ts";
import { browserMs, openBrowser } from "./chromium.ts";
import { look, screens } from "./look.ts";
import { plantHistory, plantNight } from "./planted-night.ts";

const night = nightId("2026-11-24");
/** So many candidates that a repository needs a second page; looking at them all for contrast would take minutes. */
const fullNight = nightId("2026-11-25");
const pages = {
  "the index over all nights": "index.html",
  "a night": `${night}/index.html`,
  "a repository with hostile names": `${night}/apple-orchard-0/index.html`,
  "a repository that stopped": `${night}/fruit-plum/index.html`,
} as const;

let folder = "";
let remove = (): Promise<void> => Promise.resolve();
let browser: Browser;
beforeAll(async () => {
  ({ path: folder, remove } = await temporaryFolder());
  await plantHistory(folder, 12);
  await plantNight(folder, night, { repos: 2, candidates: 16 });
  await rewriteReports(folder, night);
  await plantNight(folder, fullNight, { repos: 2, candidates: 220 });
  await rewriteReports(folder, fullNight);
  browser = await openBrowser();
}, browserMs);
afterAll(async () => {
  await browser.close();
  await remove();
});

describe.each(Object.entries(pages))("%s", (_what, page) => {
  test.each(screens)("on a $name screen", async (screen) => {
    const seen = await look(browser, urlOf(page), screen);
    expect(seen).toEqual({
      title: expect.stringContaining("nightsweep") as string,
      overflow: 0,
      complaints: [],
      outside: [],
      violations: [],
      stolen: undefined,
    });
  });
});

test("a candidate of a night leads to its place, unfolded, on the right page", async () => {
  await using context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(urlOf(`${fullNight}/index.html`));
  await page.getByLabel("Filter").fill("cherry104");
  await page.locator("#candidates a:visible").click();
  await page.waitForURL(/candidates-2\.html#c-/);
  expect(await page.locator(".body:target").isVisible()).toBe(true);
});

test("the filter leaves what it is asked for, and says how many", async () => {
  await using context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(urlOf(`${fullNight}/index.html`));
  await page.getByLabel("State").selectOption("opened");
  await page.locator(".controls output").filter({ hasText: "4 of 220" }).waitFor();
  expect(await page.locator("#candidates tbody tr:visible").count()).toBe(4);
});

test("without scripts everything can be read, and on paper everything is unfolded", async () => {
  await using plain = await browser.newContext({ javaScriptEnabled: false });
  const page = await plain.newPage();
  await page.goto(urlOf(`${fullNight}/index.html`));
  expect(await page.locator("#candidates tbody tr").count()).toBe(220);
  await using printed = await browser.newContext();
  const paper = await printed.newPage();
  await paper.goto(urlOf(`${fullNight}/apple-orchard-0/index.html`));
  await paper.evaluate("dispatchEvent(new Event('beforeprint'))");
  expect(await paper.locator("details:not([open])").count()).toBe(0);
});

test("every link of the site leads to a page that is there", async () => {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith(".html"));
  const broken: string[] = [];
  for (const file of files) {
    const text = await readFile(path.join(folder, file), "utf8");
    for (const [, href = ""] of text.matchAll(/href="([^"#]+)[^"]*"/g)) {
      if (/^https?:/.test(href) || href.endsWith("night.md") || href.endsWith("report.json")) continue;
      const target = path.join(folder, path.dirname(file), decodeURIComponent(href));
      // Nights of the planted history have figures and no pages.
      const isPlanted =
        /2026-1[01]-\d\d\/([\w-]+\/)?index\.html$/.test(target) &&
        ![night, fullNight].some((one) => target.includes(one));
      if (!isPlanted && !(await isFile(target))) broken.push(`${file}: ${href}`);
    }
  }
  expect(broken).toEqual([]);
});

test("a list of very many candidates is on pages of its own, and its filter finds in all of them, also from disk", async () => {
  const candidates = Array.from({ length: 501 }, (_, index) => candidate(`pear${index}`));
  const repos = [{ ...sweptRepo, stages: { find: { candidates } } }];
  const made = renderNightPages({ ...orchardNight, repos });
  expect(made.map(({ file, text }) => [file, text.match(/<tr data-state/g)?.length ?? 0])).toEqual([
    ["index.html", 0],
    ["candidates.html", 250],
    ["candidates-2.html", 250],
    ["candidates-3.html", 1],
    ["candidates.js", 0],
  ]);
  expect(made[0]?.text).toContain('href="candidates.html"');
  for (const { file, text } of made)
    await writeFile(path.join(folder, file === "index.html" ? "many.html" : file), text);
  await using context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(urlOf("candidates.html"));
  await page.getByLabel("Filter").fill("pear500");
  await page.locator(".controls output").filter({ hasText: "1 of 501" }).waitFor();
  const link = page.locator("#candidates a");
  expect([await link.count(), await link.textContent(), await link.getAttribute("href")]).toEqual([
    1,
    "pear500",
    expect.stringMatching(/^fruit-orchard\/candidates-6\.html#c-/) as string,
  ]);
});

test("the document of a night fits its published schema, and says what became of each candidate", async () => {
  const document = await documentOfNight(folder, fullNight);
  const validate = new Ajv2020({ strict: true, allErrors: true }).compile(
    JSON.parse(await readFile(path.join(import.meta.dirname, "../../reports/night.schema.json"), "utf8")) as object,
  );
  const plain: unknown = JSON.parse(await readFile(path.join(folder, fullNight, "report.json"), "utf8"));
  expect([validate(plain), validate.errors]).toEqual([true, null]);
  expect([validate(await documentOfNight(folder, night)), validate({ ...document, repositories: 3 })]).toEqual([
    true,
    false,
  ]);
  expect(document.repositories.map(({ candidates }) => candidates.length)).toEqual([110, 110, 0]);
  expect(document.repositories[0]?.candidates.slice(0, 3).map(({ became }) => became)).toEqual([
    "opened",
    "opened",
    "reported",
  ]);
});

function urlOf(page: string): string {
  return pathToFileURL(path.join(folder, page)).href;
}

async function isFile(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
}
