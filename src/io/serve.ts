import { once } from "node:events";
import { readFile, realpath } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import path from "node:path";
import { cookiesOf, isFromOurPage, readForm, type PageRequest } from "./page-request.ts";

/** What one address of the server answers. */
export type Answer = {
  readonly type: "html" | "json" | "text" | "script";
  readonly text: string;
  /** 200 unless it says otherwise. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Answers what has no fixed address; null for what there is not. */
export type Route = (request: PageRequest) => Promise<Answer | null>;

/** A server that answers until it is closed. */
export type Serving = AsyncDisposable & { readonly url: string };

const types = { html: "text/html", json: "application/json", text: "text/plain", script: "text/javascript" } as const;
/** Reports by the ends of their names. */
const kinds = { html: "html", json: "json", md: "text", js: "script" } as const;

/**
 * Serves pages that are made at each request, and below `/reports/` the files of a folder. Whatever is not
 * GET or HEAD is refused, but for forms that come from a page of this server and that `route` takes. A request for another host than this machine is refused too, since a page of a stranger could
 * give its own name to this address and read the answers.
 */
export async function serve(wish: {
  readonly port: number;
  readonly host: string;
  readonly directory: string;
  readonly pages: Readonly<Record<string, () => Promise<Answer>>>;
  readonly route?: Route;
}): Promise<Serving> {
  const server = createServer((request, response) => {
    respond(request, wish).then(
      (answer) => {
        send(response, answer);
      },
      () => {
        // What went wrong may name files of this machine, so the reader gets no more than that something did.
        send(response, said(500, "this page could not be made"));
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

async function respond(request: IncomingMessage, wish: Parameters<typeof serve>[0]): Promise<Answer> {
  const { method, url = "/", headers } = request;
  if (!isOurs(headers.host, wish.host)) return said(421, "this server is for its own machine");
  const { pathname } = new URL(url, "http://localhost/");
  if (method === "POST" && wish.route !== undefined) return takeForm(request, pathname, wish.route);
  if (method !== "GET" && method !== "HEAD") return said(405, "this server only reads");
  return (await read(request, pathname, wish)) ?? said(404, "there is no such page");
}

async function takeForm(request: IncomingMessage, pathname: string, route: Route): Promise<Answer> {
  if (!isFromOurPage(request)) return said(403, "this form came from somewhere else");
  const form = await readForm(request);
  if (form === null) return said(413, "this form cannot be read");
  const answer = await route({ method: "POST", pathname, form, cookies: cookiesOf(request) });
  return answer ?? said(404, "there is no such page");
}

async function read(
  request: IncomingMessage,
  pathname: string,
  { directory, pages, route }: Parameters<typeof serve>[0],
): Promise<Answer | null> {
  const page = Object.entries(pages).find(([name]) => name === pathname)?.[1];
  if (page !== undefined) return page();
  if (pathname.startsWith("/reports/")) return readReport(directory, pathname.slice("/reports/".length));
  const form = new URLSearchParams();
  return (await route?.({ method: "GET", pathname, form, cookies: cookiesOf(request) })) ?? null;
}

function said(status: number, text: string): Answer {
  return { status, type: "text", text: `${text}\n` };
}

/** Whoever listens on these is reached by whatever name the machine has there, as in a container. */
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
    const kind = Object.entries(kinds).find(([end]) => file.endsWith(`.${end}`))?.[1];
    if (!file.startsWith(root + path.sep) || kind === undefined) return null;
    return { type: kind, text: await readFile(file, "utf8") };
  } catch (error) {
    if (error instanceof URIError || (error instanceof Error && "code" in error)) return null;
    throw error;
  }
}

function send(response: ServerResponse, { type, text, status = 200, headers = {} }: Answer): void {
  response.writeHead(status, {
    ...headers,
    "content-type": `${types[type]}; charset=utf-8`,
    "content-security-policy": "frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
  });
  response.end(text);
}
