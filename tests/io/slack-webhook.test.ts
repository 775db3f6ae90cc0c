import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { createMask } from "../../src/io/mask.ts";
import { postToWebhook } from "../../src/io/slack-webhook.ts";

const secret = ["pear", "blossom", "91x"].join("-");
const mask = createMask({ environment: { PEAR_TOKEN: secret }, paths: [] });
const message = { text: `4 ready, ${secret}`, blocks: [], unfurl_links: false, unfurl_media: false } as const;
const posted = JSON.stringify({ ...message, text: "4 ready, ***" });

/** What Slack answers, one entry a request; `hang up` closes the connection instead. */
type Script = readonly (readonly [status: number, body: string, retryAfter?: string] | "hang up")[];

async function slack(script: Script) {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (part: string) => (body += part));
    request.on("end", () => {
      const step = script[bodies.length] ?? [500, "more requests than the script has"];
      bodies.push(body);
      if (step === "hang up") return void request.socket.destroy();
      const [status, text, retryAfter] = step;
      response.writeHead(status, retryAfter === undefined ? {} : { "retry-after": retryAfter }).end(text);
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.close();
    server.closeAllConnections();
    await once(server, "close");
  };
  return { url: `http://127.0.0.1:${port}/services/T0/B0/fig`, bodies, [Symbol.asyncDispose]: close };
}

test.each<readonly [string, Script, object, number]>([
  ["is sent", [[200, "ok"]], { kind: "sent" }, 1],
  [
    "is sent after the wait that Slack asks for",
    [
      [429, "slow", "0"],
      [200, "ok"],
    ],
    { kind: "sent" },
    2,
  ],
  [
    "is not sent a third time",
    [
      [429, "slow", "0"],
      [429, "slow", "0"],
    ],
    { kind: "failed", reason: "Slack answered 429 slow", isUnclear: false },
    2,
  ],
  [
    "is refused",
    [[404, "no_service"]],
    { kind: "failed", reason: "Slack answered 404 no_service", isUnclear: false },
    1,
  ],
  ["meets a fault", [[500, ""]], { kind: "failed", reason: "Slack answered 500", isUnclear: true }, 1],
  [
    "meets a closed connection",
    ["hang up"],
    { kind: "failed", reason: "fetch failed: other side closed", isUnclear: true },
    1,
  ],
])("a message %s", async (_what, script, answer, requests) => {
  await using server = await slack(script);
  const signal = new AbortController().signal;
  expect(await postToWebhook({ webhookUrl: server.url, message, mask, signal })).toEqual(answer);
  expect(server.bodies).toEqual(Array(requests).fill(posted));
});

test("neither a bad address nor an interruption throws, and the address stays secret", async () => {
  const signal = AbortSignal.abort();
  const bad = await postToWebhook({ webhookUrl: "not-a-url", message, mask, signal: new AbortController().signal });
  expect(bad).toMatchObject({ kind: "failed", reason: expect.stringContaining("the webhook") as string });
  const webhookUrl = "http://127.0.0.1:9/services/T0/B0/fig";
  const stopped = await postToWebhook({ webhookUrl, message, mask, signal });
  expect(stopped).toMatchObject({ kind: "failed" });
  expect(JSON.stringify([bad, stopped])).not.toMatch(/not-a-url|T0\/B0/);
});
