import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { plant, smallOrchard, temporaryFolder, writeFiles } from "./command-line.ts";

const cli = path.resolve(import.meta.dirname, "..", "src", "cli.ts");

/**
 * A disk of 16 MB in memory, on which all of a night's files lie, filled but for some kilobytes; the night, what it left, room, and
 * the night once more. Mounts end with the namespace.
 */
const script = `set -u
mount -t tmpfs -o mode=777,size=16m disk "$1/disk"; cd "$1/disk"; mkdir tmp; export TMPDIR=$1/disk/tmp
cp "$1/daemon.config.ts" .
night() { if [ "$(id -u)" = "$UID_OUTSIDE" ]; then "$NODE" "$CLI" run --dry-run; else unshare --user --map-user="$UID_OUTSIDE" -- "$NODE" "$CLI" run --dry-run; fi; echo "ended $?"; }
left() { find . -name '*.new' -o -name '*.tmp' -o -path './tmp/*/*' -o -path './tmp/nightsweep-*-*'; ls .nightsweep/mirrors/*/worktrees 2>/dev/null; for file in $(find reports -name '*.json' 2>/dev/null); do "$NODE" -e 'JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"))' "$file" 2>/dev/null || echo "half $file"; done; }
head -c $((($(df --output=avail -k . | tail -1) - $2) * 1024)) /dev/zero > full
night; echo "left: $(left)"; rm full; night; echo "left: $(left)"`;

test.each([
  ["the store", 60],
  ["a record", 420],
])(
  "a disk that fills up at %s leaves nothing half-done, and the next night is as if nothing had been",
  async (_, kilobytes) => {
    if (process.platform !== "linux") return;
    const { path: folder, remove } = await temporaryFolder();
    await plant(path.join(folder, "origin"), smallOrchard);
    await mkdir(path.join(folder, "disk"));
    const config = {
      repositories: [path.join(folder, "origin")],
      policy: path.join(folder, "policy.yaml"),
      forge: { kind: "local" },
      retention: { freeMegabytes: 0 },
    };
    await writeFiles(folder, {
      "daemon.config.ts": `export default ${JSON.stringify(config)};\n`,
      "policy.yaml": "version: 1\nname: everything\ndefaultAction: propose\n",
    });
    const uid = process.getuid?.() ?? 0;
    const spaces = uid === 0 ? ["--mount"] : ["--user", "--map-root-user", "--mount"];
    const child = spawn("unshare", [...spaces, "sh", "-c", script, "disk", folder, `${kilobytes}`], {
      env: {
        ...process.env,
        NODE: process.execPath,
        CLI: cli,
        UID_OUTSIDE: `${uid}`,
        XDG_CACHE_HOME: path.join(folder, "cache"),
      },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => (output += data.toString()));
    await once(child, "close");
    await remove();
    const [first = "", second = ""] = output.split(/(?<=^left: .*\n)/m);
    expect(first).toMatch(/full/i);
    expect(first).toMatch(/^ended 1\nleft: $/m);
    expect(second).toContain("1 pull request would be opened");
    expect(second).toMatch(/^ended 0\nleft: $/m);
  },
  300_000,
);
