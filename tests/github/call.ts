import type { Matched } from "./description.ts";
import type { OperationId } from "./operations.ts";
import type { FakeIssue, FakePull, FakeRepository, FakeToken, World } from "./world.ts";

/** A request that was understood and allowed. */
export type Call = {
  readonly world: World;
  readonly token: FakeToken;
  readonly path: Matched["path"];
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
};

/** One that is about a repository. */
export type RepositoryCall = Call & { readonly repository: FakeRepository };

export type Answer = {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

type Handler = (call: RepositoryCall) => Answer | Promise<Answer>;

/** The operations that a file of the fake knows. */
export type Handlers = Readonly<Partial<Record<OperationId, Handler>>>;

/** An answer that is no success; thrown from wherever it is found. */
export class Refusal extends Error {
  readonly answer: Answer;

  constructor(
    status: number,
    message: string,
    more: { readonly errors?: readonly unknown[]; readonly headers?: Answer["headers"] } = {},
  ) {
    super(message);
    const { errors, headers } = more;
    const documentation = { documentation_url: "https://docs.github.com/rest" };
    const body = { message, ...(errors === undefined ? {} : { errors }), ...documentation };
    this.answer = { status, body, ...(headers === undefined ? {} : { headers }) };
  }
}

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

export function created(body: unknown): Answer {
  return { status: 201, body };
}

/** GitHub's way of saying that a field of a request does not do. */
export function invalid(resource: string, message: string): Refusal {
  return new Refusal(422, "Validation Failed", { errors: [{ resource, code: "custom", message }] });
}

export function issueOf({ repository }: RepositoryCall, number: string | undefined): FakeIssue {
  const issue = repository.issues.find((one) => one.number === Number(number));
  if (issue === undefined) throw new Refusal(404, "Not Found");
  return issue;
}

export function pullOf(call: RepositoryCall, number: string | undefined): FakeIssue & { readonly pull: FakePull } {
  const issue = issueOf(call, number);
  if (!isPull(issue)) throw new Refusal(404, "Not Found");
  return issue;
}

export function isPull(issue: FakeIssue): issue is FakeIssue & { readonly pull: FakePull } {
  return issue.pull !== null;
}

/** One page of a list, with the links to the others. */
export function paged(
  call: Call,
  items: readonly unknown[],
  wrap: (page: readonly unknown[]) => unknown = (page) => page,
): Answer {
  const size = Math.min(100, Number(call.query["per_page"] ?? 30));
  const page = Number(call.query["page"] ?? 1);
  const last = Math.max(1, Math.ceil(items.length / size));
  const link = (to: number, rel: string) =>
    `<${call.world.url()}/api/v3/page?page=${to}&per_page=${size}>; rel="${rel}"`;
  const links = page < last ? { link: [link(page + 1, "next"), link(last, "last")].join(", ") } : {};
  return { status: 200, body: wrap(items.slice((page - 1) * size, page * size)), headers: links };
}
