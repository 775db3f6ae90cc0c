import { pino, type DestinationStream } from "pino";
import type { Mask } from "./mask.ts";

/** How much is logged, from nothing to everything. */
export type LogLevel = "silent" | "error" | "warn" | "info" | "debug";

/** A message is a constant sentence; what varies is in the object before it, so that logs can be searched. */
export type Logger = { readonly [Level in Exclude<LogLevel, "silent">]: (data: object, message: string) => void };

/**
 * Makes a logger that writes JSON, one line an event, with secrets and paths masked. `destination` is a file, which is
 * appended to, or a stream such as `process.stdout`; every line is written before the call returns.
 */
export function createLogger(options: {
  readonly level: LogLevel;
  readonly destination: { readonly file: string } | DestinationStream;
  readonly mask: Mask;
}): Logger {
  const { level, destination, mask } = options;
  const stream =
    "file" in destination
      ? pino.destination({ dest: destination.file, append: true, mkdir: true, sync: true })
      : destination;
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (name) => ({ level: name }) },
      serializers: { error: pino.stdSerializers.err },
      hooks: { streamWrite: mask },
    },
    stream,
  );
}
