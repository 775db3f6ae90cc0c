import { join } from "node:path";
import { temporaryFolder } from "../io/temporary-folder.ts";
import { calmNight, prepareNight, sufferOne, type Incident } from "./incidents.ts";

/**
 * `npm run github:incidents [kill|fault] [app|token]`: a night is killed before and after each single write, or has each
 * fault at each single write, and is run again. Prints what differs from a calm night, and how many were tried.
 */
const [wanted, only] = process.argv.slice(2);

const faults: readonly Extract<Incident, { kind: "fault" }>["fault"][] = [
  { kind: "bad-gateway", work: "before" },
  { kind: "bad-gateway", work: "after" },
  { kind: "hang-up", work: "before" },
  { kind: "hang-up", work: "after" },
  { kind: "cut-short", work: "after" },
  { kind: "time-out", work: "after" },
  { kind: "secondary-limit", retryAfterSeconds: 0 },
  { kind: "secondary-limit", retryAfterSeconds: 600 },
  { kind: "primary-limit", resetInSeconds: 3000 },
  { kind: "expired" },
  { kind: "forbidden" },
];

for (const kind of ["app", "token"] as const) {
  if (only !== undefined && only !== kind) continue;
  await using folder = await temporaryFolder();
  const prepared = await prepareNight(join(folder.path), kind);
  await using github = prepared.github;
  const calm = await calmNight(prepared);
  const incidents = calm.writes.flatMap((_operation, index): readonly Incident[] => [
    ...(wanted === "fault"
      ? []
      : (["before", "after"] as const).map((moment) => ({ write: index + 1, kind: "kill", moment }) as const)),
    ...(wanted === "kill" ? [] : faults.map((fault) => ({ write: index + 1, kind: "fault", fault }) as const)),
  ]);
  print(`${kind}: a calm night on ${github.url} writes ${calm.writes.length} times: ${calm.writes.join(", ")}`);
  let same = 0;
  for (const incident of incidents) {
    const aftermath = await sufferOne(prepared, incident, calm);
    same += aftermath.same ? 1 : 0;
    const what = incident.kind === "kill" ? `killed ${incident.moment}` : JSON.stringify(incident.fault);
    print(`${aftermath.same ? "same" : "OTHER"}  ${incident.write} ${aftermath.operation}  ${what}  ${aftermath.said}`);
  }
  print(`${kind}: ${incidents.length} incidents tried, ${same} ended as the calm night`);
  if (same < incidents.length) process.exitCode = 1;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
