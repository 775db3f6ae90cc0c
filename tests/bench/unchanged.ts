/**
 * What a night costs in which nothing has changed: `npm run bench:unchanged -- 60`. The repositories lie on the fake GitHub
 * of the tests, behind a cable that counts bytes; the first night sweeps all of them, the second only looks.
 */
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import path from "node:path";
import { nightsweep, plant, smallOrchard, writeFiles } from "../command-line.ts";
import { startFakeGitHub } from "../github/fake-github.ts";

const count = Number(process.argv[2] ?? 60);
const folder = await realpath(await mkdtemp(path.join(tmpdir(), "nightsweep-unchanged-")));
const github = await startFakeGitHub(path.join(folder, "github"));
const orchard = await plant(path.join(folder, "orchard"), smallOrchard);
const names = Array.from({ length: count }, (_, index) => `fruit/orchard-${index}`);
for (const name of names) await github.addRepository({ name, from: orchard });
const token = github.addToken();
let bytes = 0;
const cable = createServer((near) => {
  const far = connect(Number(new URL(github.url).port), "127.0.0.1");
  for (const [one, other] of [[near, far] as const, [far, near] as const]) {
    one.on("data", (chunk) => {
      bytes += chunk.length;
    });
    one.on("error", () => other.destroy());
    one.pipe(other);
  }
}).listen(0, "127.0.0.1");
await once(cable, "listening");
const address = cable.address();
const port = typeof address === "object" && address !== null ? address.port : 0;
const through = (url: string): string => url.replace(/:\d+/, `:${port}`);
await writeFiles(folder, {
  "daemon.config.ts": `export default ${JSON.stringify({
    repositories: names.map((name) => ({
      location: through(`${github.url}/${name}.git`),
      checks: { typecheck: false, test: false, build: false },
    })),
    forge: { kind: "github", baseUrl: through(github.baseUrl), secondsBetweenWrites: 0 },
    policy: "policy.yaml",
  })};\n`,
  "policy.yaml": "version: 1\nname: nothing\ndefaultAction: report\n",
});

for (const day of ["23", "24"]) {
  const before = { requests: github.world.seen.length, bytes, cpu: process.cpuUsage(), at: performance.now() };
  const { code, stdout, stderr } = await nightsweep(["run", "--skip-unchanged"], {
    folder,
    environment: { GITHUB_TOKEN: token, NIGHTSWEEP_SANDBOX: "available" },
    now: new Date(`2026-11-${day}T02:00:00Z`),
  });
  const { user, system } = process.cpuUsage(before.cpu);
  const seen = github.world.seen.slice(before.requests).map((one) => JSON.stringify(one));
  const git = seen.filter((one) => one.includes('"operation":"git/')).length;
  process.stdout.write(
    `${JSON.stringify({
      ...{ day, code, repositories: count, skipped: stdout.match(/only looked at/g)?.length ?? 0 },
      seconds: Math.round((performance.now() - before.at) / 100) / 10,
      cpuSeconds: Math.round((user + system) / 1e5) / 10,
      ...{ requests: seen.length, git, bytes: bytes - before.bytes },
    })}\n${stderr}`,
  );
  if (day === "23") process.stdout.write(`${stdout.split("\n").slice(0, 3).join("\n")}\n`);
  if (day === "24") process.stdout.write(`${[...new Set(seen)].slice(0, 3).join("\n")}\n`);
}
cable.close();
await github[Symbol.asyncDispose]();
await rm(folder, { recursive: true, force: true });
