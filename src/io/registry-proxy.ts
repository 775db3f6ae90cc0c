import { chmod, mkdir } from "node:fs/promises";
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import type { Duplex } from "node:stream";

/** A door in a sandbox without a network, which leads to a few hosts only; it is shut when its block ends. */
type Proxy = AsyncDisposable & {
  /** The folder of the socket, to be shown inside. */
  readonly folder: string;
};

/** The name of the socket in its folder. */
export const socketName = "proxy.sock";

/**
 * Opens a proxy on a socket in the private folder of a run. It lets through connections to `hosts` (`name:port`) and to
 * nothing else, whatever name or address is asked for.
 */
export async function openProxy(cellFolder: string, hosts: readonly string[]): Promise<Proxy> {
  const folder = join(cellFolder, "net");
  await mkdir(folder);
  const allowed = new Set(hosts);
  const open = new Set<Socket>();
  const server = createServer((request, response) => {
    forward(request, response, allowed);
  });
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
  });
  server.on("connect", (request: IncomingMessage, socket: Duplex) => {
    tunnel(request.url ?? "", socket, allowed);
  });
  const path = join(folder, socketName);
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(path, resolve));
  // Foreign code may be another user than we are.
  await chmod(path, 0o666);
  return {
    folder,
    [Symbol.asyncDispose]: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** `name:port` of an address. */
export function hostOf(address: string): string {
  const { hostname, port, protocol } = new URL(address);
  return `${hostname}:${port === "" ? (protocol === "http:" ? 80 : 443) : port}`;
}

function tunnel(target: string, socket: Duplex, allowed: ReadonlySet<string>): void {
  socket.on("error", () => undefined);
  if (!allowed.has(target)) {
    socket.end(`HTTP/1.1 403 Forbidden\r\n\r\n`);
    return;
  }
  const { hostname, port } = new URL(`http://${target}`);
  const upstream = connect({ host: hostname, port: Number(port === "" ? 80 : port) }, () => {
    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    upstream.pipe(socket);
    socket.pipe(upstream);
  });
  upstream.on("error", () => socket.destroy());
  socket.on("close", () => upstream.destroy());
}

/** A registry without TLS is asked in the clear. */
function forward(request: IncomingMessage, response: ServerResponse, allowed: ReadonlySet<string>): void {
  const url = URL.parse(request.url ?? "");
  if (url?.protocol !== "http:" || !allowed.has(hostOf(url.href))) {
    response.writeHead(403).end();
    return;
  }
  const { method = "GET", headers } = request;
  const upstream = httpRequest(url, { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  upstream.on("error", () => response.destroy());
  request.pipe(upstream);
}
