import { mkdir, symlink, writeFile } from "node:fs/promises";
import { request } from "node:http";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nightId, repoKey } from "../../src/core/names.ts";
import { serve, type Serving } from "../../src/io/serve.ts";
import { renderMetrics } from "../../src/report/metrics.ts";
import { nightFigures } from "../../src/report/document.ts";
import { renderLivePage } from "../../src/report/site/live-page.ts";
import { nightsweep, temporaryFolder } from "../command-line.ts";
import { orchardNight } from "../report/orchard-night.ts";
import { browserMs, openBrowser } from "./chromium.ts";
import { look, screens } from "./look.ts";

const waiting = {
  branch: "nightsweep/unused-export/src-1",
  number: 1,
  url: "https://forge.example/orchard/pull/1",
  state: "open" as const,
  candidates: [],
  night: "2026-11-20",
  endedAt: null,
};
const standing = { pullRequests: [waiting], merged: 0, untouched: 0, refused: 0, resurrected: 0 };
const live = renderLivePage({
  night: {
    night: nightId("2026-11-24"),
    startedAt: "2026-11-24T01:00:00.000Z",
    isOver: false,
    repos: [
      { repo: "fruit-orchard", state: "settled", stage: "publish" },
      { repo: "</td><script>window.stolen=1</script>", state: "running", stage: "verify" },
    ],
  },
  nextNight: "2026-11-25T01:00:00.000Z",
  standings: new Map([[repoKey("fruit/orchard"), standing]]),
});

let folder = "";
let remove = (): Promise<void> => Promise.resolve();
let serving: Serving;
let browser: Browser;
beforeAll(async () => {
  ({ path: folder, remove } = await temporaryFolder());
  await mkdir(path.join(folder, "reports"));
  await writeFile(path.join(folder, "reports", "index.html"), "<p>fruit</p>");
  await writeFile(path.join(folder, "reports", "notes.sqlite"), "pips");
  await writeFile(path.join(folder, "secret.html"), "pips");
  await symlink(path.join(folder, "secret.html"), path.join(folder, "reports", "link.html"));
  serving = await serve({
    port: 0,
    host: "127.0.0.1",
    directory: path.join(folder, "reports"),
    pages: {
      "/": () => Promise.resolve({ type: "html", text: live }),
      "/broken": () => Promise.reject(new Error("frost in /srv")),
    },
  });
  browser = await openBrowser();
}, browserMs);
afterAll(async () => {
  await browser.close();
  await serving[Symbol.asyncDispose]();
  await remove();
});

test.each<readonly [string, string, object, number]>([
  ["a page", "/", {}, 200],
  ["a report", "/reports/index.html", {}, 200],
  ["a report that is not there", "/reports/pear.html", {}, 404],
  ["a file that is no report", "/reports/notes.sqlite", {}, 404],
  ["a way out of the folder", "/reports/..%2fsecret.html", {}, 404],
  ["a link out of the folder", "/reports/link.html", {}, 404],
  ["a name that cannot be read", "/reports/%ff", {}, 404],
  ["a write", "/", { method: "POST" }, 405],
  ["another name for this machine", "/", { headers: { host: "evil.example" } }, 421],
  ["a name that begins like ours", "/", { headers: { host: "localhost.evil.example" } }, 421],
  ["localhost by name", "/", { headers: { host: "localhost:7373" } }, 200],
  ["a page that cannot be made", "/broken", {}, 500],
])("%s is answered", async (_what, address, options, status) => {
  const answer = await ask(address, options);
  expect(answer.status).toBe(status);
  expect(answer.text).not.toMatch(/pips|srv/);
});

describe.each(screens)("the live page on a $name screen", (screen) => {
  test("has nothing to complain about", async () => {
    expect(await look(browser, serving.url, screen)).toEqual({
      title: "The night 2026-11-24 is at work: 1 of 2 repositories · nightsweep",
      overflow: 0,
      complaints: [],
      outside: [],
      violations: [],
      stolen: undefined,
    });
  });
});

test("the figures of the last night are metrics, by repository", () => {
  const metrics = renderMetrics(nightFigures(orchardNight, new Map()));
  expect(metrics).toContain('nightsweep_candidates{repository="fruit-orchard"} 4\n');
  expect(metrics).toContain('nightsweep_stopped{repository="fruit-plum"} 1\n');
  expect(metrics).toContain("nightsweep_night_duration_seconds 15\n");
  expect(renderMetrics(null)).toBe("");
});

test("the command serves until it is told to stop", async () => {
  await writeFile(path.join(folder, "daemon.config.ts"), 'export default { repositories: ["orchard"] };');
  const controller = new AbortController();
  controller.abort();
  const ended = await nightsweep(["serve", "--port", "0"], { folder, signal: controller.signal });
  expect(ended).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^Listening on http:\/\/127\.0\.0\.1:\d+\/\n$/) as string,
  });
});

async function ask(address: string, options: object): Promise<{ readonly status: number; readonly text: string }> {
  const { port } = new URL(serving.url);
  return new Promise((resolve, reject) => {
    const asking = request({ host: "127.0.0.1", port, path: address, ...options }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => (text += part));
      response.on("end", () => {
        resolve({ status: response.statusCode ?? 0, text });
      });
    });
    asking.on("error", reject);
    asking.end();
  });
}
