/** Every error that nightsweep throws on purpose: what went wrong, and what to do about it. */
export const errorCatalogue = {
  USAGE: { title: "Wrong use of the command line", advice: "Run the command with --help to see what it takes." },
  CONFIG_INVALID: {
    title: "The configuration is not valid",
    advice: "Correct the named field in daemon.config.ts; its allowed values are in the message.",
  },
  CONFIG_UNREADABLE: {
    title: "The configuration could not be loaded",
    advice: "Check the path given with --config, and that the file is TypeScript or JavaScript that Node can run.",
  },
  POLICY_INVALID: {
    title: "A policy file is not valid",
    advice: "Correct the named key; policies/README.md lists every key and what it allows.",
  },
  COVERAGE_UNREADABLE: {
    title: "What production ran could not be read",
    advice:
      "Correct repositories[].production.coverage in daemon.config.ts, or collect the data again; coverage of Node (NODE_V8_COVERAGE) and of Istanbul is read.",
  },
  REPOSITORY_NOT_FOUND: {
    title: "There is no repository at that path or address",
    advice: "Check the path or URL; a local path must be the top folder of a git repository.",
  },
  REPOSITORY_EMPTY: {
    title: "The repository has no commit",
    advice: "Commit something to its default branch, or take the repository out of the configuration.",
  },
  NO_DEFAULT_BRANCH: {
    title: "The repository's default branch could not be found",
    advice: "Set the remote HEAD (git remote set-head origin --auto), or name a commit with --ref.",
  },
  NO_PACKAGE_JSON: {
    title: "The repository has no package.json",
    advice: "nightsweep sweeps TypeScript and JavaScript packages; add a package.json or leave this repository out.",
  },
  NO_SOURCE: {
    title: "The repository has no TypeScript or JavaScript file",
    advice: "Nothing to sweep here: take the repository out of the configuration.",
  },
  MANIFEST_INVALID: {
    title: "A package.json is not valid JSON",
    advice: "Correct the file at the named place; npm itself cannot read it either.",
  },
  LOCKFILE_MISSING: {
    title: "There is no lock file",
    advice:
      "Commit the lock file of the package manager that package.json names, or name the one whose lock file there is.",
  },
  LOCKFILE_AMBIGUOUS: {
    title: "There are lock files of several package managers",
    advice: "Keep one, or name the package manager in the packageManager field of package.json.",
  },
  INSTALL_FAILED: {
    title: "Installing the dependencies failed",
    advice: "Run the named command in a fresh clone and mend what it reports; its last lines are below.",
  },
  INSTALL_HOSTS_REFUSED: {
    title: "The install wants hosts that it may not reach",
    advice:
      "If you trust them, name them in installHosts of daemon.config.ts, as they stand here; else have your registry serve those packages.",
  },
  GIT_FAILED: {
    title: "A git command failed",
    advice: "Run the named command by hand in the mirror; a damaged mirror may be deleted, it is made anew.",
  },
  COMMAND_UNAVAILABLE: {
    title: "A program that is needed is not installed",
    advice: "Install the named program, or run nightsweep doctor for the full list.",
  },
  SANDBOX_UNAVAILABLE: {
    title: "There is no sandbox here, so nothing of the repository was run",
    advice:
      'Install bubblewrap (apt install bubblewrap) and allow user namespaces, see nightsweep doctor; where the machine itself is thrown away afterwards, such as a container, write sandbox: "none" in daemon.config.ts.',
  },
  ROOTS_FAILED: {
    title: "The roots of the repository could not be read",
    advice: "Run npx knip --debug in the repository; the part of its output that matters is below.",
  },
  HISTORY_TOO_SHORT: {
    title: "There is not enough history to look back on",
    advice:
      "A backtest needs several commits with their history: make a shallow clone whole (git fetch --unshallow), look further back (--months) or more closely (--every day).",
  },
  CHECKS_MISSING: {
    title: "A check named in the configuration does not exist",
    advice: "Name a script of the repository's package.json, or leave checks out to have them detected.",
  },
  FORGE_REFUSED: {
    title: "The forge refused a request",
    advice: "Check the token's permissions (contents and pull requests: write) with nightsweep doctor.",
  },
  FORGE_UNREACHABLE: {
    title: "The forge could not be reached",
    advice: "Nothing was lost: the next run looks up what was done and goes on from there.",
  },
  FORGE_LIMITED: {
    title: "The forge wants no more requests for now",
    advice: "Nothing was lost: the next run goes on. Where it happens often, give nightsweep a GitHub App of its own.",
  },
  TOKEN_MISSING: {
    title: "The GitHub token is missing",
    advice: "Set the environment variable that forge.tokenEnv or forge.app names, or use the local forge.",
  },
  TOKEN_CLASSIC: {
    title: "Classic tokens are refused",
    advice:
      "A classic token may do all that its owner may, in every repository. Use a GitHub App (forge.app), or a fine-grained token for the repositories of the configuration.",
  },
  PERMISSION_MISSING: {
    title: "A permission is missing on GitHub",
    advice: "Grant what is named, to the app or the token; nightsweep doctor lists all that is needed and why.",
  },
  REPOSITORY_ARCHIVED: {
    title: "The repository is archived",
    advice: "Nothing can be proposed to it: take it out of the configuration.",
  },
  REPOSITORY_DISABLED: {
    title: "GitHub has disabled the repository",
    advice: "Ask its owner, or take it out of the configuration.",
  },
  REPOSITORY_FORK: {
    title: "The repository is a fork",
    advice:
      "Sweep the repository that it comes from; where the fork lives a life of its own, write fork: true at its entry.",
  },
  REPOSITORY_MOVED: {
    title: "The repository has another name now",
    advice: "Write its new name into the configuration; nothing is sent to an address that GitHub only redirects from.",
  },
  UNDO_CONFLICT: {
    title: "It cannot be brought back by itself, since its place has changed",
    advice:
      "Revert the named commit by hand and mend the named files, or ask for what changed there to be undone first.",
  },
  NIGHT_LOCKED: {
    title: "Another night is running on this state folder",
    advice: "Wait for it to end, or stop it with SIGTERM; two nights never share a folder.",
  },
  DAEMON_LOCKED: {
    title: "Another daemon is running on this state folder",
    advice:
      "One daemon is enough for all repositories; stop the other one, or give this one a state folder of its own.",
  },
  STATE_INVALID: {
    title: "The state of earlier nights could not be opened",
    advice:
      "Check that the disk has room and the folder can be written; a damaged file may be moved away, it is made anew without its memory.",
  },
  DISK_FULL: {
    title: "The disk is full or nearly so, and the night stops",
    advice:
      "Make room where the state folder, the reports and the temporary files lie, or lower retention.cacheMegabytes and retention.reportDays; nothing was lost, and the night goes on where it stopped.",
  },
  RECORD_INVALID: {
    title: "A recorded stage could not be read",
    advice: "Replay from an earlier stage; the record was written by another version or was damaged.",
  },
  NOT_FOUND: { title: "There is no such thing", advice: "Check the name; the message lists what there is." },
  INTERRUPTED: {
    title: "The night was interrupted",
    advice: "Run it again: it goes on after the last stage that was finished.",
  },
} as const satisfies Record<string, { readonly title: string; readonly advice: string }>;

/** The code of a catalogued error. */
export type ErrorCode = keyof typeof errorCatalogue;

/** The JSON form of an error, as records, reports and logs carry it. */
export type ErrorRecord = {
  readonly code: ErrorCode | "UNEXPECTED";
  readonly message: string;
  readonly advice: string;
  /** Last lines of a log or the place in a file, when there is one. */
  readonly detail?: string;
};

/** An expected failure: it stops one repository or one command, and says how to go on. */
export class NightsweepError extends Error {
  override readonly name = "NightsweepError";
  readonly code: ErrorCode;
  readonly detail: string | undefined;

  /** `place` names the file, field, command or repository that is at fault. */
  constructor(code: ErrorCode, place: string, options: { readonly detail?: string; readonly cause?: unknown } = {}) {
    super(`${errorCatalogue[code].title}: ${place}`, { cause: options.cause });
    this.code = code;
    this.detail = options.detail;
  }

  /** What the reader can do about it. */
  get advice(): string {
    return errorCatalogue[this.code].advice;
  }
}

/** Turns whatever was thrown into plain JSON; an unexpected error keeps its message but not its stack. */
export function toErrorRecord(thrown: unknown): ErrorRecord {
  if (thrown instanceof NightsweepError) {
    const { code, message, advice, detail } = thrown;
    return detail === undefined ? { code, message, advice } : { code, message, advice, detail };
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (isAboutRoom(thrown)) return toErrorRecord(new NightsweepError("DISK_FULL", message, { cause: thrown }));
  return { code: "UNEXPECTED", message, advice: "This is a fault in nightsweep: please report it with this message." };
}

/** Whichever file of ours it was that could not be written. */
function isAboutRoom(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  const code = "code" in thrown ? thrown.code : undefined;
  // SQLITE_FULL, see https://sqlite.org/rescode.html#full.
  return code === "ENOSPC" || code === "EDQUOT" || ("errcode" in thrown && thrown.errcode === 13);
}
