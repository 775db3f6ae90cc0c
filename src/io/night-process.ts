import { fork } from "node:child_process";
import { once } from "node:events";
import { extname, join } from "node:path";
import { z } from "zod";
import { toErrorRecord, type ErrorRecord } from "../core/errors.ts";
import { errorRecordSchema, nightIdSchema, repoKeySchema } from "../core/record-schema.ts";
import type { LoadedConfig } from "./config-file.ts";

/** How a night in a process of its own ended. */
export type NightEnd =
  | { readonly kind: "over"; readonly night: string; readonly stopped: number; readonly left: number }
  /** It was told to leave, and goes on when it is started again. */
  | { readonly kind: "interrupted" }
  | { readonly kind: "failed"; readonly error: ErrorRecord };

/** A night that is at work in a process of its own. */
export type NightAtWork = {
  /** Ends it at the boundary of a stage. */
  readonly leave: () => void;
  /** Its window is over: what is at work is broken off, and the report is made. */
  readonly close: () => void;
  /** Ends the process, whatever it does. */
  readonly kill: () => void;
  /** Never rejects. */
  readonly ended: Promise<NightEnd>;
};

const job = z.object({
  kind: z.literal("begin"),
  // It was checked when it was loaded, and comes from our own parent.
  config: z.custom<LoadedConfig>((value) => typeof value === "object" && value !== null),
  currentDirectory: z.string(),
  day: z.string(),
  /** ISO 8601. */
  closes: z.string(),
  /** The one repository that a worker of a fleet took; absent where the process has the whole night. */
  part: z.object({ night: nightIdSchema, repo: repoKeySchema, lease: z.string() }).exactOptional(),
});
/** What a night is told to begin with. */
export type NightJob = Omit<z.output<typeof job>, "kind">;

const command = z.discriminatedUnion("kind", [
  job,
  z.object({ kind: z.literal("leave") }),
  z.object({ kind: z.literal("close") }),
]);

const word = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("stage"), repository: z.string(), stage: z.string() }),
  z.object({ kind: z.literal("complaint"), text: z.string() }),
  z.object({ kind: z.literal("over"), night: z.string(), stopped: z.number(), left: z.number() }),
  z.object({ kind: z.literal("interrupted") }),
  z.object({ kind: z.literal("failed"), error: errorRecordSchema }),
]);
/** What a night says while it works. */
export type NightWord = z.output<typeof word>;

/** Starts a night in a process of its own; `hear` is told of its stages and complaints. */
export function startNightProcess(night: NightJob, hear: (word: NightWord) => void): NightAtWork {
  const file = join(import.meta.dirname, "..", `night-child${extname(import.meta.filename)}`);
  const child = fork(file, [], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  let end: NightEnd = {
    kind: "failed",
    error: toErrorRecord(new Error("the process of the night ended without a word")),
  };
  child.on("message", (message) => {
    const said = word.parse(message);
    if (said.kind === "stage" || said.kind === "complaint") hear(said);
    else end = said;
  });
  const send = (kind: "leave" | "close") => () => {
    if (child.connected) child.send({ kind });
  };
  child.send({ kind: "begin", ...night });
  return {
    leave: send("leave"),
    close: send("close"),
    kill: () => {
      child.kill("SIGKILL");
    },
    ended: once(child, "close").then(
      () => end,
      (error: unknown) => ({ kind: "failed", error: toErrorRecord(error) }),
    ),
  };
}

/** The other side: what a night hears from the daemon that started it, and how it answers. */
type Parent = {
  readonly job: Promise<NightJob>;
  readonly leave: AbortSignal;
  readonly closing: AbortSignal;
  /** Aborted when the daemon is gone: then nobody is there who would know of this night. */
  readonly orphaned: AbortSignal;
  readonly tell: (word: NightWord) => void;
  /** Lets the process end. */
  readonly part: () => void;
};

/** Listens to the process that started this one. Signals are the daemon's to handle: a terminal sends them to both. */
export function listenToParent(): Parent {
  const controllers = { leave: new AbortController(), close: new AbortController(), orphaned: new AbortController() };
  const begun = Promise.withResolvers<NightJob>();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, () => undefined);
  process.on("disconnect", () => {
    controllers.orphaned.abort();
  });
  process.on("message", (message) => {
    const told = command.parse(message);
    if (told.kind === "begin") begun.resolve(told);
    else controllers[told.kind].abort();
  });
  return {
    job: begun.promise,
    leave: controllers.leave.signal,
    closing: controllers.close.signal,
    orphaned: controllers.orphaned.signal,
    tell: (said) => {
      if (process.connected) process.send?.(said);
    },
    part: () => {
      if (process.connected) process.disconnect();
    },
  };
}
