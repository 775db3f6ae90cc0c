import { delimiter, dirname } from "node:path";
import { homedir } from "node:os";
import { GitPluginError, simpleGit } from "simple-git";
import { NightsweepError } from "../core/errors.ts";
import { proxyVariables } from "./operator-proxy.ts";

/** Proof of identity for one host, sent as an HTTP header and kept out of arguments, addresses and config files. */
export type GitCredentials = {
  /** Address that the header is sent to, with its slash: `https://github.com/`. */
  readonly baseUrl: string;
  /** Value of the Authorization header. */
  readonly authorization: string;
};

/** One call of git: its words, where it runs and what it reads. */
export type GitCall = {
  readonly directory: string;
  readonly words: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Exit codes that are an answer and no failure; 0 is always one. */
  readonly accept?: readonly number[];
  readonly credentials?: GitCredentials | undefined;
  readonly signal?: AbortSignal | undefined;
};

/** Without a word from git for this long a call is given up. */
const silenceMs = 15 * 60_000;

/** What git may see of our environment: enough for ssh and certificates, nothing that names a program to run. */
const inherited = ["LANG", "TZ", "SSH_AUTH_SOCK", "SSL_CERT_FILE", "SSL_CERT_DIR", "GIT_SSL_CAINFO"];

/**
 * No hook, no file system monitor, no end-of-line conversion, no garbage collection under our feet; and names of files
 * are printed as they are.
 */
const config = [
  "core.hooksPath=/dev/null",
  "core.fsmonitor=false",
  "core.autocrlf=false",
  "core.quotePath=false",
  "gc.auto=0",
  "maintenance.auto=false",
  "advice.detachedHead=false",
];

/**
 * Runs git and returns its standard output. System and user configuration are not read and nothing is ever prompted
 * for. Throws GIT_FAILED with git's own words as the detail, COMMAND_UNAVAILABLE without git, and INTERRUPTED.
 */
export async function git(call: GitCall): Promise<string> {
  const env = environment(call);
  let failure: { readonly exitCode: number; readonly stderr: string } | undefined;
  const client = simpleGit({
    baseDir: call.directory,
    config,
    trimmed: false,
    completion: { onClose: true, onExit: false },
    timeout: { block: silenceMs },
    allowEnvironment: Object.keys(env),
    ...(call.signal === undefined ? {} : { abort: call.signal }),
    // A command that expects no input must not wait for any: the empty text closes the stream at once.
    input: () => Buffer.from(call.input ?? "\n", "utf8"),
    // simple-git takes a silent failure for a success, so the exit code alone decides.
    errors: (error, { exitCode, stdErr }) => {
      if (exitCode === 0 || call.accept?.includes(exitCode) === true) return undefined;
      failure = { exitCode, stderr: Buffer.concat(stdErr).toString("utf8").trim() };
      return error ?? new Error(`exit code ${exitCode}`);
    },
    unsafe: {
      allowUnsafeHooksPath: true,
      allowUnsafeFsMonitor: true,
      allowUnsafeConfigPaths: true,
      allowUnsafeConfigEnvCount: true,
      allowUnsafeSshCommand: true,
    },
  });
  try {
    return await client.env(env).raw([...call.words]);
  } catch (cause) {
    throw translate(call, cause, failure?.stderr);
  }
}

function environment(call: GitCall): Record<string, string> {
  const env: Record<string, string> = {
    PATH: [process.env["PATH"], dirname(process.execPath)].filter((part) => part !== undefined).join(delimiter),
    HOME: homedir(),
    LC_ALL: "C.UTF-8",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_NO_LAZY_FETCH: "1",
    GIT_SSH_COMMAND: "ssh -oBatchMode=yes",
  };
  Object.assign(env, proxyVariables(process.env));
  for (const name of inherited) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  if (call.credentials !== undefined) {
    env["GIT_CONFIG_COUNT"] = "1";
    env["GIT_CONFIG_KEY_0"] = `http.${call.credentials.baseUrl}.extraHeader`;
    env["GIT_CONFIG_VALUE_0"] = `Authorization: ${call.credentials.authorization}`;
  }
  return { ...env, ...call.env };
}

function translate(call: GitCall, cause: unknown, stderr: string | undefined): Error {
  const command = `git ${call.words.join(" ")}`;
  if (call.signal?.aborted === true) return new NightsweepError("INTERRUPTED", command, { cause });
  if (cause instanceof Error && /\bENOENT\b/.test(cause.message))
    return new NightsweepError("COMMAND_UNAVAILABLE", "git", { cause });
  if (cause instanceof GitPluginError && cause.plugin === "timeout")
    return new NightsweepError("GIT_FAILED", command, { cause, detail: `no word for ${silenceMs / 60_000} minutes` });
  const detail = stderr ?? (cause instanceof Error ? cause.message : String(cause));
  return new NightsweepError("GIT_FAILED", command, { cause, detail });
}

/** The lines of an answer of git, without the empty ones. */
export function lines(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}

/** The records of an answer of git with `-z`: names with spaces, quotes and line breaks arrive whole. */
export function records(text: string): string[] {
  return text.split("\0").filter((record) => record !== "");
}
