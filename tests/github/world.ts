import type { Fault } from "./faults.ts";

/** What an access level lets its bearer do; `none` is also that of strangers. */
export type Level = "none" | "read" | "triage" | "write" | "maintain" | "admin";

export type FakeComment = {
  readonly id: number;
  readonly author: string;
  body: string;
  readonly createdAt: string;
  updatedAt: string;
  readonly reactions: { readonly content: string; readonly author: string }[];
};

export type FakeReview = {
  readonly id: number;
  readonly author: string;
  readonly state: "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED";
  readonly body: string;
  readonly commit: string;
  readonly submittedAt: string;
};

/** What makes an issue a pull request. */
export type FakePull = {
  /** The repository that the branch is in: this one, or a fork. */
  readonly from: string;
  readonly branch: string;
  base: string;
  draft: boolean;
  head: string;
  merged: { readonly at: string; readonly by: string; readonly commit: string } | null;
  readonly reviews: FakeReview[];
  reviewers: readonly string[];
  teams: readonly string[];
  autoMerge: { readonly by: string; readonly method: "MERGE" | "SQUASH" | "REBASE" } | null;
  queued: boolean;
};

export type FakeEvent = {
  readonly id: number;
  readonly event: string;
  readonly actor: string;
  readonly at: string;
  readonly label?: string;
};

export type FakeIssue = {
  readonly number: number;
  title: string;
  body: string;
  readonly author: string;
  state: "open" | "closed";
  closedBy: string | null;
  closedAt: string | null;
  readonly createdAt: string;
  updatedAt: string;
  labels: readonly string[];
  locked: boolean;
  readonly comments: FakeComment[];
  readonly events: FakeEvent[];
  readonly pull: FakePull | null;
};

export type FakeCheck = {
  readonly id: number;
  readonly name: string;
  readonly head: string;
  readonly app: string;
  status: "queued" | "in_progress" | "completed";
  conclusion: "success" | "failure" | "cancelled" | "timed_out" | "neutral" | "skipped" | "action_required" | null;
  title: string;
  summary: string;
  /** What a step of GitHub Actions leaves behind: such a check has no title and no summary of its own. */
  annotations: readonly { readonly path: string; readonly line: number; readonly message: string }[];
};

type FakeStatus = {
  readonly head: string;
  readonly context: string;
  readonly state: "pending" | "success" | "failure" | "error";
};

/** What GitHub asks for before something reaches a branch. */
type Protection = {
  readonly requiredChecks: readonly string[];
  readonly reviews: number;
  readonly mergeQueue: boolean;
  readonly signatures: boolean;
};

export type FakeRepository = {
  readonly owner: string;
  name: string;
  /** Absolute path of the bare repository. */
  readonly bare: string;
  defaultBranch: string;
  private: boolean;
  archived: boolean;
  disabled: boolean;
  fork: boolean;
  /** Draft pull requests are not to be had in private repositories of free plans. */
  drafts: boolean;
  allowAutoMerge: boolean;
  /** Its new full name: every request under the old one is redirected. */
  movedTo: string | null;
  readonly issues: FakeIssue[];
  readonly labels: Set<string>;
  readonly checks: FakeCheck[];
  readonly statuses: FakeStatus[];
  /** Commits that GitHub made itself, and signed. */
  readonly signed: Set<string>;
  readonly people: Map<string, Level>;
  readonly protection: Map<string, Protection>;
  /** Told each time that a branch gets another commit, whoever moved it: the repository's CI. */
  onPush: (push: { readonly branch: string; readonly commit: string; readonly by: string }) => void | Promise<void>;
};

export type Permission =
  "metadata" | "contents" | "pull_requests" | "issues" | "checks" | "statuses" | "workflows" | "administration";

export type FakeToken = {
  readonly value: string;
  readonly kind: "installation" | "fine-grained" | "classic";
  readonly login: string;
  readonly permissions: Readonly<Partial<Record<Permission, "read" | "write">>>;
  /** Full names; null for all. */
  readonly repositories: readonly string[] | null;
  expired: boolean;
};

/** One request as the fake took it. */
export type Seen = {
  /** An operation of the REST interface, `graphql/<field>`, `git/fetch` or `git/push`. */
  readonly operation: string;
  readonly repository: string;
  readonly write: boolean;
  /** The token that it came with; null for none. */
  readonly token: string | null;
  status: number | null;
  fault: Fault["kind"] | null;
};

/** All that the fake remembers. */
export type World = {
  readonly repositories: FakeRepository[];
  readonly tokens: FakeToken[];
  readonly seen: Seen[];
  /** Requests that GitHub would not understand, and answers that it would not give. */
  readonly problems: string[];
  readonly faults: Fault[];
  readonly app: { readonly id: number; readonly slug: string; readonly publicKey: string };
  /** What the installation of the app was allowed. */
  installation: { readonly id: number; permissions: FakeToken["permissions"] } | null;
  nextId: number;
  /** Writes that got through to their work. */
  writes: number;
  /** The time on objects; each write moves it by a second. */
  clock: Date;
  readonly url: () => string;
};

export function fullName({ owner, name }: FakeRepository): string {
  return `${owner}/${name}`;
}

export function findRepository(world: World, owner: string, name: string): FakeRepository | undefined {
  const wanted = `${owner}/${name}`.toLowerCase();
  return world.repositories.find((repository) => fullName(repository).toLowerCase() === wanted);
}

/** The next time on the clock. */
export function tick(world: World): string {
  world.clock = new Date(world.clock.getTime() + 1000);
  return world.clock.toISOString().replace(/\.\d+Z$/, "Z");
}

export function newId(world: World): number {
  world.nextId += 1;
  return world.nextId;
}

export function botLogin({ app }: World): string {
  return `${app.slug}[bot]`;
}

export function isBot(login: string): boolean {
  return login.endsWith("[bot]");
}

/** The address that GitHub writes into commits for somebody. */
export function emailOf(world: World, login: string): string {
  return isBot(login) ? `${world.app.id}+${login}@users.noreply.github.com` : `${login}@orchard.example`;
}

export function addEvent(world: World, issue: FakeIssue, event: Pick<FakeEvent, "event" | "actor" | "label">): void {
  const at = tick(world);
  issue.events.push({ id: newId(world), at, ...event });
  issue.updatedAt = at;
}
