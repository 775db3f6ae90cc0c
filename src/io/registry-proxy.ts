import { chmod, mkdir } from "node:fs/promises";
import {
  Agent,
  createServer,
  request as httpRequest,
  type ClientRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from "node:http";
import { request as httpsRequest } from "node:https";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { pipeline, type Duplex } from "node:stream";
import { proxyFor, proxyIdentity } from "./operator-proxy.ts";

/** A door in a sandbox without a network, which leads to a few hosts only; it is shut when its block ends. */
type Proxy = AsyncDisposable & {
  /** The folder of the socket, to be shown inside. */
  readonly folder: string;
};

/** The name of the socket in its folder. */
export const socketName = "proxy.sock";

/** Which hosts (`name:port`) a door leads to. */
export type Guests = {
  readonly hosts: readonly string[];
  /** Called for each host that was asked for and is none of them. */
  readonly onRefused: (host: string) => void;
};

/**
 * Opens a proxy on a socket in the private folder of a run. It lets through connections to the hosts that are named and to
 * nothing else, whatever name or address is asked for; where the operator's environment names a proxy, through that one.
 */
export async function openProxy(cellFolder: string, guests: Guests): Promise<Proxy> {
  const folder = join(cellFolder, "net");
  await mkdir(folder);
  const door: Door = { allowed: new Set(guests.hosts), onRefused: guests.onRefused, agent: new Agent() };
  const open = new Set<Socket>();
  const server = createServer((request, response) => {
    forward(request, response, door);
  });
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
  });
  server.on("connect", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    tunnel({ target: request.url ?? "", socket, head }, door);
  });
  const path = join(folder, socketName);
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(path, resolve));
  // Foreign code may be another user than we are.
  await chmod(path, 0o666);
  return {
    folder,
    [Symbol.asyncDispose]: async () => {
      for (const socket of open) socket.destroy();
      door.agent.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Door = {
  readonly allowed: ReadonlySet<string>;
  readonly onRefused: (host: string) => void;
  /** Keeps no connection: one that the other side has shut meanwhile would look like a failure. */
  readonly agent: Agent;
};

/** `name:port` of an address. */
export function hostOf(address: string): string {
  const { hostname, port, protocol } = new URL(address);
  return `${hostname}:${port === "" ? (protocol === "http:" ? 80 : 443) : port}`;
}

type Call = { readonly target: string; readonly socket: Duplex; readonly head: Buffer };

function tunnel({ target, socket, head }: Call, { allowed, onRefused }: Door): void {
  socket.on("error", () => undefined);
  if (!allowed.has(target)) {
    onRefused(target);
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    return;
  }
  const { hostname, port: written } = new URL(`http://${target}`);
  const port = Number(written === "" ? 80 : written);
  const join = (upstream: Duplex, first: Buffer): void => {
    upstream.on("error", () => socket.destroy());
    socket.on("close", () => upstream.destroy());
    // Who asked may be gone by now.
    if (socket.destroyed) {
      upstream.destroy();
      return;
    }
    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    if (first.length > 0) socket.write(first);
    if (head.length > 0) upstream.write(head);
    socket.pipe(upstream).pipe(socket);
  };
  const fail = (): void => {
    socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
  };
  const proxy = proxyFor({ host: hostname, port, scheme: "https" }, process.env);
  if (proxy === null) {
    const upstream = connect({ host: hostname, port });
    upstream.once("error", fail).once("connect", () => {
      upstream.off("error", fail);
      join(upstream, Buffer.alloc(0));
    });
    return;
  }
  const request = ask(proxy, { method: "CONNECT", path: target, headers: { Host: target } });
  request.once("error", fail).once("response", fail);
  request.once("connect", (answer: IncomingMessage, upstream: Duplex, first: Buffer) => {
    if (answer.statusCode === 200) join(upstream, first);
    else {
      upstream.destroy();
      fail();
    }
  });
  request.end();
}

type Wish = { readonly method: string; readonly path: string; readonly headers: OutgoingHttpHeaders };

/** A request to the operator's own proxy. */
function ask(proxy: URL, options: Wish): ClientRequest {
  const { hostname, port, protocol } = proxy;
  const secure = protocol === "https:";
  const place = { hostname, port: port === "" ? (secure ? 443 : 80) : Number(port) };
  const headers = { ...options.headers, ...proxyIdentity(proxy) };
  return (secure ? httpsRequest : httpRequest)({ ...options, ...place, headers, agent: false });
}

/** A registry without TLS is asked in the clear. */
function forward(request: IncomingMessage, response: ServerResponse, { allowed, onRefused, agent }: Door): void {
  const url = URL.parse(request.url ?? "");
  if (url?.protocol !== "http:" || !allowed.has(hostOf(url.href))) {
    if (url !== null && /^https?:$/.test(url.protocol)) onRefused(hostOf(url.href));
    response.writeHead(403).end();
    return;
  }
  const { method = "GET", headers } = request;
  const port = Number(url.port === "" ? 80 : url.port);
  const proxy = proxyFor({ host: url.hostname, port, scheme: "http" }, process.env);
  const upstream =
    proxy === null
      ? httpRequest(url, { method, headers, agent })
      : ask(proxy, { method, path: url.href, headers: { ...headers, host: url.host } });
  upstream.once("response", (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    if (response.destroyed) return;
    // A body that breaks off must end as an error on the other side as well, which would wait for the rest of it.
    pipeline(answer, response, () => undefined);
  });
  upstream.once("error", () => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502).end();
  });
  response.once("close", () => upstream.destroy());
  request.pipe(upstream);
}
