import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** Somebody who has shown the token. `seal` goes with each of their forms. */
type SignedIn = { readonly name: string; readonly seal: string };

/** Who has signed in, as long as the process lives. */
export type Door = {
  /** Gives the value of the cookie; null when the token is another. */
  readonly enter: (name: string, token: string) => string | null;
  readonly find: (cookie: string | undefined) => SignedIn | null;
};

/** A shorter token could be guessed. */
export const shortestToken = 16;
/** Browsers that are signed in at the same time; the oldest goes. */
const mostSessions = 50;

/** A door that opens to whoever knows the token. */
export function createDoor(token: string): Door {
  const sessions = new Map<string, SignedIn>();
  const wanted = digest(token);
  return {
    enter: (name, given) => {
      if (!timingSafeEqual(digest(given), wanted)) return null;
      const [oldest] = sessions.keys();
      if (sessions.size >= mostSessions && oldest !== undefined) sessions.delete(oldest);
      const cookie = randomBytes(24).toString("base64url");
      sessions.set(cookie, { name, seal: randomBytes(24).toString("base64url") });
      return cookie;
    },
    find: (cookie) => sessions.get(cookie ?? "") ?? null,
  };
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text, "utf8").digest();
}
