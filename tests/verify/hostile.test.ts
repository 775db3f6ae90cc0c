import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { homedir, tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { checkOut, type CheckedOut } from "../../src/checkout/check-out.ts";
import type { Check } from "../../src/core/check.ts";
import { findModules } from "../../src/io/cage.ts";
import { findLeftovers } from "../../src/io/processes.ts";
import { createMask } from "../../src/io/mask.ts";
import type { Sandbox } from "../../src/io/sandbox.ts";
import { bubblewrapSandbox } from "../../src/io/sandbox-bubblewrap.ts";
import { containerSandbox, engines, makeImage } from "../../src/io/sandbox-container.ts";
import { sandboxFor } from "../../src/io/sandbox-choice.ts";
import { findFault, findLayerFault } from "../../src/io/sandbox-probe.ts";
import { namespacesSandbox } from "../../src/io/sandbox-namespaces.ts";
import { startDeadline } from "../../src/verify/deadline.ts";
import { openLaboratory } from "../../src/verify/laboratory.ts";
import { runCheck, type Bench, type DetailedRun } from "../../src/verify/run-check.ts";
import { mirrorOf, plantRepository } from "../io/planted-repository.ts";
import { temporaryFolder } from "../io/temporary-folder.ts";

const limits = { memoryMegabytes: 600, diskMegabytes: 300, processes: 150 };

/** Every sandbox that works on this machine; where none does, code of others is not run at all. */
const owner = process.getuid?.() === 0 ? { uid: 61_337, gid: 61_337 } : null;
const signal = new AbortController().signal;
const images = await Promise.all(engines.map(async (engine) => ({ engine, made: await makeImage(engine, signal) })));
const containers = images.flatMap(({ engine, made }) =>
  "fault" in made ? [] : [containerSandbox(engine, made.image, owner)],
);
const all: readonly Sandbox[] =
  process.platform === "linux" ? [bubblewrapSandbox("", owner), namespacesSandbox("", owner), ...containers] : [];
const faults = await Promise.all(all.map((sandbox) => findFault(sandbox, signal)));
const holding = all.filter((_, index) => faults[index] === null);
const working = await Promise.all(
  holding.map(async (sandbox) => ({ ...sandbox, layerFault: await findLayerFault(sandbox, signal) })),
);

it("runs nothing at all where no sandbox holds", async () => {
  vi.stubEnv("NIGHTSWEEP_SANDBOX", "required");
  const answer = await sandboxFor({ location: "orchard" }, "none", signal).then(
    ({ kind }) => kind,
    (error: unknown) => error,
  );
  vi.unstubAllEnvs();
  if (working[0] === undefined) expect(answer).toMatchObject({ code: "SANDBOX_UNAVAILABLE" });
  else expect(answer).toBe(working[0].kind);
});

describe.each(working.map((sandbox) => [sandbox.kind, sandbox] as const))(
  "a hostile repository in %s",
  (_, sandbox) => {
    const place = new AsyncDisposableStack();
    const held = new AsyncDisposableStack();
    let checkedOut: CheckedOut;
    let secret = "";
    let before: unknown;
    const server = createServer((socket) => socket.destroy());

    beforeAll(async () => {
      const folder = place.use(await temporaryFolder());
      secret = join(folder.path, "secret");
      await mkdir(join(folder.path, "tmp"));
      vi.stubEnv("TMPDIR", join(folder.path, "tmp"));
      await writeFile(secret, "plum");
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const request = {
        ...mirrorOf(folder.path),
        install: true,
        installMinutes: 2,
        sandbox,
        resources: limits,
        installHosts: [],
      };
      await plantRepository(request.location, {
        "package.json": '{"scripts":{"test":"vitest run"},"dependencies":{"pear":"file:pear"}}',
        "package-lock.json":
          '{"lockfileVersion":3,"requires":true,"packages":{"":{"dependencies":{"pear":"file:pear"}},"node_modules/pear":{"resolved":"pear","link":true},"pear":{"version":"1.0.0"}}}',
        "pear/package.json": '{"name":"pear","version":"1.0.0"}',
        ".gitignore": "node_modules",
        ...(await readAttacks()),
      });
      checkedOut = held.use(await checkOut(request));
      vi.stubEnv("ORCHARD_TOKEN", "ghp_0123456789abcdefghij");
      before = await stateOf(checkedOut.mirror);
    });
    afterAll(async () => {
      vi.unstubAllEnvs();
      server.close();
      await held.disposeAsync();
      await place.disposeAsync();
    });

    const targets = (): string => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      return [homedir(), secret, port, process.pid, "/var/run/docker.sock"].join("|");
    };
    const bench = async (): Promise<Bench> => {
      const { directory, environment, cage } = checkedOut;
      return {
        directory,
        environment: { ...environment, TARGETS: targets() },
        timeoutMs: 20_000,
        mask: createMask({ environment: {}, paths: [] }),
        signal,
        cage,
        tools: { programs: [], caches: [] },
        modules: await findModules(directory),
        layers: null,
        deadline: startDeadline(10),
      };
    };
    const attack = async (file: string, more: Partial<Bench> = {}): Promise<DetailedRun> => {
      const check: Check = { kind: "test", name: file, command: ["node", file], directory: "", source: "" };
      return runCheck(check, { ...(await bench()), ...more });
    };

    it("sees no secret, no other process and no network", async () => {
      expect((await attack("spy.mjs")).output).toBe("worked:");
    });

    it("changes nothing but its own files", async () => {
      expect((await attack("vandal.mjs")).output).toBe("worked: own folder, git reads");
      expect(await stateOf(checkedOut.mirror)).toEqual(before);
      expect(await readdir(dirname(checkedOut.directory))).toEqual([basename(checkedOut.directory)]);
    });

    it("changes packages for the checks of its own tree only, and not at all without layers", async () => {
      const { directory, mirror, record, packageManagers } = checkedOut;
      const pack = async (layers: string | null): Promise<string> => {
        const { output } = await attack("packer.mjs", { layers });
        return output.includes("EROFS") ? "EROFS" : output;
      };
      await using place = await temporaryFolder();
      const layers = join(place.path, "layers");
      const site = { mirror, base: record.base.commit, packageManagers, toolchain: null, installTimeoutMs: 0 };
      const laboratory = openLaboratory({
        ...site,
        bench: { ...(await bench()), layers },
        onRun: () => undefined,
      });
      const base = await laboratory.prepare([]);
      const installed = await readdir(join(directory, "node_modules"));
      const outputs: string[] = [];
      for (const isNext of [true, false, true]) {
        if (isNext) await laboratory.enter(base);
        outputs.push(await pack(layers));
      }
      const refused = ["EROFS", "EROFS", "EROFS"];
      expect(outputs).toEqual(sandbox.layerFault === null ? ["plum", "plum plum", "plum"] : refused);
      expect(await pack(null)).toBe("EROFS");
      expect(await readdir(join(directory, "node_modules"))).toEqual(installed);
    });

    it.each([
      ["glutton.mjs", "nightsweep ended it: more than limits.memoryMegabytes allows"],
      ["filler.mjs", "nightsweep ended it: more than limits.diskMegabytes allows"],
      ["hidden-filler.mjs", "nightsweep ended it: more than limits.diskMegabytes allows"],
    ])("is ended when it takes too much: %s", async (file, word) => {
      const { run } = await attack(file);
      expect(run).toMatchObject({ result: "failed", exitCode: null });
      expect(run.tail).toContain(word);
    });

    it("has only so many processes", async () => {
      expect((await attack("forker.mjs")).output).toBe("bounded");
    });

    it("ends when its time is up, whatever it prints and whoever it asks to wait", async () => {
      expect((await attack("sleeper.mjs", { timeoutMs: 1500 })).run.result).toBe("timed-out");
      const printed = await attack("printer.mjs", { timeoutMs: 1500 });
      expect(printed.run.result).toBe("timed-out");
      expect(printed.output.length).toBeLessThanOrEqual(4 * 1024 * 1024);
    });

    it("ends when it waits in vain", async () => {
      const { cage } = checkedOut;
      const waiting = { cage: { ...cage, limits: { ...limits, idleMinutes: 0.02 } } };
      const { run } = await attack("waiter.mjs", waiting);
      expect(run.result).toBe("timed-out");
      expect(run.tail).toContain("limits.idleMinutes");
      expect((await attack("packer.mjs", waiting)).run.result).toBe("failed");
    });

    it("cannot lead us to a file of ours through its report", async () => {
      expect((await attack("reporter.mjs")).results?.failedTests ?? []).toEqual([]);
    });

    it("leaves nothing behind", async () => {
      expect((await attack("leaver.mjs")).run.result).toBe("passed");
      const commands = await Promise.all((await processes()).map((id) => commandOf(id)));
      expect(commands.filter((command) => command.includes(`leaver ${targets()}`))).toEqual([]);
      expect(await findLeftovers({ group: 2 ** 30, marker: `${process.pid}-` })).toEqual([]);
      expect(await readFile(secret, "utf8")).toBe("plum");
      await held.disposeAsync();
      expect(await readdir(tmpdir(), { recursive: true })).toEqual([`nightsweep-${process.getuid?.() ?? ""}`]);
    });
  },
);

async function readAttacks(): Promise<Readonly<Record<string, string>>> {
  const folder = join(import.meta.dirname, "hostile");
  const files = await readdir(folder);
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
  return Object.fromEntries(files.map((file, index) => [file, texts[index] ?? ""]));
}

async function processes(): Promise<readonly string[]> {
  return (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
}

async function commandOf(id: string): Promise<string> {
  return (await readFile(`/proc/${id}/cmdline`, "utf8").catch(() => "")).replaceAll("\0", " ");
}

/** What git would obey or hand out. */
async function stateOf(mirror: string): Promise<unknown> {
  const names = (await readdir(mirror)).toSorted();
  return {
    names,
    config: await readFile(join(mirror, "config"), "utf8"),
    objects: await readdir(join(mirror, "objects")),
  };
}
