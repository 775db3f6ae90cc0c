import pg from "pg";

/** A worker needs one for each repository at work, one for its own questions, and one that waits for a lock. */
const mostConnections = 6;
const connectMs = 10_000;

/** Opens connections to a server as they are needed. One that breaks while nothing is asked is made anew for the next question. */
export function openPool(url: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: mostConnections, connectionTimeoutMillis: connectMs });
  pool.on("error", () => undefined);
  return pool;
}
