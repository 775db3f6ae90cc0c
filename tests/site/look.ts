import axe from "axe-core";
import type { Browser } from "playwright-core";

/** The screens that pages are looked at on. */
export const screens = [
  { name: "phone, light", width: 390, colorScheme: "light" },
  { name: "phone, dark", width: 390, colorScheme: "dark" },
  { name: "desktop, light", width: 1280, colorScheme: "light" },
  { name: "desktop, dark", width: 1280, colorScheme: "dark" },
] as const;

/** What was seen of a page. */
export type Sight = {
  readonly title: string;
  /** Pixels by which it is wider than its screen. */
  readonly overflow: number;
  readonly complaints: readonly string[];
  /** Requests to other origins than the page's own. */
  readonly outside: readonly string[];
  readonly violations: readonly string[];
  /** Whatever a hostile name managed to run. */
  readonly stolen: unknown;
};

/** More candidates look the same, and the contrast of each line of their changes takes its time to judge. */
const mostUnfolded = 6;

/** Opens a page on a screen, unfolds what is folded on it, and says what is wrong with it. */
export async function look(browser: Browser, url: string, screen: (typeof screens)[number]): Promise<Sight> {
  const { width, colorScheme } = screen;
  await using context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  const page = await context.newPage();
  const complaints: string[] = [];
  const outside: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== new URL(url).origin) outside.push(request.url());
  });
  await page.goto(url);
  await page.locator("details").evaluateAll((all, most) => {
    for (const one of all.slice(0, most)) one.setAttribute("open", "");
  }, mostUnfolded);
  const overflow = Number(await page.evaluate("document.documentElement.scrollWidth - innerWidth"));
  await page.evaluate(axe.source);
  const found: unknown = await page.evaluate(
    "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))",
  );
  return {
    title: await page.title(),
    overflow,
    complaints,
    outside,
    violations: Array.isArray(found) ? found.map(String) : ["axe gave no answer"],
    stolen: await page.evaluate("window.stolen"),
  };
}
