import { spawn } from "node:child_process";
import type { IncomingHttpHeaders } from "node:http";

/** A request of git, whole. */
export type GitRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly user: string;
};

export type RawAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

/** Lets git's own HTTP backend answer for the bare repositories below a folder, as a real forge does. */
export function askGit(root: string, request: GitRequest): Promise<RawAnswer> {
  const backend = spawn("git", ["http-backend"], {
    stdio: ["pipe", "pipe", "ignore"],
    env: {
      PATH: process.env["PATH"],
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: "1",
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_CONFIG_GLOBAL: "/dev/null",
      REMOTE_USER: request.user,
      REQUEST_METHOD: request.method,
      PATH_INFO: request.path,
      QUERY_STRING: request.query,
      CONTENT_TYPE: request.headers["content-type"],
      HTTP_CONTENT_ENCODING: request.headers["content-encoding"],
      GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
    },
  });
  backend.stdin.on("error", () => undefined);
  backend.stdin.end(request.body);
  const parts: Buffer[] = [];
  backend.stdout.on("data", (part: Buffer) => parts.push(part));
  return new Promise((resolve, reject) => {
    backend.on("error", reject);
    backend.on("close", () => {
      resolve(parseAnswer(Buffer.concat(parts)));
    });
  });
}

function parseAnswer(answer: Buffer): RawAnswer {
  const end = answer.indexOf("\r\n\r\n");
  const lines = answer.subarray(0, end).toString("latin1").split("\r\n");
  const fields = lines.map((line) => line.split(": ", 2)).map(([name = "", value = ""]) => [name, value] as const);
  const status = fields.find(([name]) => name === "Status")?.[1] ?? "200";
  return {
    status: Number.parseInt(status, 10),
    headers: Object.fromEntries(fields.filter(([name]) => name !== "Status")),
    body: answer.subarray(end + 4),
  };
}
