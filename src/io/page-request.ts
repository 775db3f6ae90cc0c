import type { IncomingMessage } from "node:http";

/** A request for a page, or a form that somebody sent from one. */
export type PageRequest = {
  readonly method: "GET" | "POST";
  readonly pathname: string;
  /** The fields of a form; none for GET. */
  readonly form: URLSearchParams;
  readonly cookies: ReadonlyMap<string, string>;
};

/** Larger than any policy file may be. */
const mostBytes = 512 * 1024;

/**
 * Reads a form that was sent to us; null for one that is too large or of another kind. Whether it may be taken at all is
 * `isFromOurPage`.
 */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams | null> {
  const type = request.headers["content-type"]?.split(";")[0]?.trim();
  if (type !== "application/x-www-form-urlencoded") return null;
  let text = "";
  request.setEncoding("utf8");
  for await (const part of request) {
    text += String(part);
    if (text.length > mostBytes) return null;
  }
  return new URLSearchParams(text);
}

/**
 * Whether a form comes from a page of this server: browsers say so themselves, and a page of a stranger cannot say otherwise.
 * What says nothing is no browser and is refused as well.
 */
export function isFromOurPage({ headers }: IncomingMessage): boolean {
  const site = headers["sec-fetch-site"];
  return headers.origin === `http://${headers.host ?? ""}` && (site === undefined || site === "same-origin");
}

/** The cookies of a request by name. */
export function cookiesOf({ headers }: IncomingMessage): ReadonlyMap<string, string> {
  const pairs = (headers.cookie ?? "").split(/;\s*/).flatMap((pair): readonly (readonly [string, string])[] => {
    const at = pair.indexOf("=");
    return at < 1 ? [] : [[pair.slice(0, at), pair.slice(at + 1)]];
  });
  return new Map(pairs);
}
