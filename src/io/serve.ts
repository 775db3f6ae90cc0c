import { once } from "node:events";
import { readFile, realpath } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import path from "node:path";

/** What one address of the server answers. */
export type Answer = { readonly type: "html" | "json" | "text"; readonly text: string };

/** A server that answers until it is closed. */
export type Serving = AsyncDisposable & { readonly url: string };

const types = { html: "text/html", json: "application/json", text: "text/plain", md: "text/plain" } as const;

/**
 * Serves pages that are made at each request, and below `/reports/` the files of a folder. It only reads: whatever is not
 * GET or HEAD is refused. A request for another host than this machine is refused too, since a page of a stranger could
 * give its own name to this address and read the answers.
 */
export async function serve(wish: {
  readonly port: number;
  readonly host: string;
  readonly directory: string;
  readonly pages: Readonly<Record<string, () => Promise<Answer>>>;
}): Promise<Serving> {
  const server = createServer((request, response) => {
    respond(request, wish).then(
      ([status, answer]) => {
        send(response, status, answer);
      },
      () => {
        // What went wrong may name files of this machine, so the reader gets no more than that something did.
        send(response, 500, { type: "text", text: "this page could not be made\n" });
      },
    );
  });
  server.listen(wish.port, wish.host);
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : wish.port;
  return {
    url: `http://${wish.host.includes(":") ? `[${wish.host}]` : wish.host}:${port}/`,
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

async function respond(
  { method, url = "/", headers }: IncomingMessage,
  { host, directory, pages }: Parameters<typeof serve>[0],
): Promise<readonly [status: number, answer: Answer]> {
  if (!isOurs(headers.host, host)) return [421, { type: "text", text: "this server is for its own machine\n" }];
  if (method !== "GET" && method !== "HEAD") return [405, { type: "text", text: "this server only reads\n" }];
  const { pathname } = new URL(url, "http://localhost/");
  const page = Object.entries(pages).find(([name]) => name === pathname)?.[1];
  if (page !== undefined) return [200, await page()];
  const isReport = pathname.startsWith("/reports/");
  const file = isReport ? await readReport(directory, pathname.slice("/reports/".length)) : null;
  return file === null ? [404, { type: "text", text: "there is no such page\n" }] : [200, file];
}

/** Who listens on every address of the machine has others ask, and they know it by names that we do not. */
const everyAddress: ReadonlySet<string> = new Set(["0.0.0.0", "::"]);

/** By its name or number only; a host that the operator chose himself counts as well. */
function isOurs(given: string | undefined, host: string): boolean {
  if (everyAddress.has(host)) return true;
  const name = (given ?? "")
    .replace(/:\d+$/, "")
    .replace(/^\[|\]$/g, "")
    .toLowerCase();
  return ["localhost", "127.0.0.1", "::1", host.toLowerCase()].includes(name);
}

/** A report of the folder; null for what is not there, is no report, or lies outside of the folder, by a link too. */
async function readReport(directory: string, encoded: string): Promise<Answer | null> {
  try {
    const root = await realpath(directory);
    const file = await realpath(path.join(root, decodeURIComponent(encoded)));
    const type = /\.(html|json|md)$/.exec(file)?.[1];
    if (!file.startsWith(root + path.sep) || type === undefined) return null;
    const text = await readFile(file, "utf8");
    return { type: type === "html" ? "html" : type === "json" ? "json" : "text", text };
  } catch (error) {
    if (error instanceof URIError || (error instanceof Error && "code" in error)) return null;
    throw error;
  }
}

function send(response: ServerResponse, status: number, { type, text }: Answer): void {
  response.writeHead(status, {
    "content-type": `${types[type]}; charset=utf-8`,
    "content-security-policy": "frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
  });
  response.end(text);
}
