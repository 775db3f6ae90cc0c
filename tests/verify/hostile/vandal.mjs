import { attempt, tell } from "./trier.mjs";
import {
  appendFileSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";
const [home, secret] = process.env.TARGETS.split("|");
const git = resolve(readFileSync(".git", "utf8").replace("gitdir:", "").trim());
const mirror = resolve(git, "../..");
attempt("own folder", () => writeFileSync("own.txt", "plum"));
attempt("home", () => writeFileSync(home + "/planted", ""));
attempt("file outside", () => openSync(secret, "r+"));
try {
  // The folder above may be a private one of this run: the test looks at the real one.
  writeFileSync("../planted", "");
} catch {}
attempt("system", () => writeFileSync("/usr/planted", ""));
attempt("root folder", () => writeFileSync("/planted", ""));
attempt(".git file", () => writeFileSync(".git", "gitdir: /tmp/evil"));
attempt(".git removed", () => rmSync(".git"));
attempt(".git moved", () => renameSync(".git", "old"));
attempt("config", () => appendFileSync(mirror + "/config", "[core]\n\tfsmonitor = touch /tmp/evil\n"));
attempt("hooks", () => {
  mkdirSync(mirror + "/hooks", { recursive: true });
  writeFileSync(mirror + "/hooks/post-checkout", "#!/bin/sh\n");
});
attempt("git config", () => execFileSync("git", ["config", "core.fsmonitor", "touch /tmp/evil"], { stdio: "ignore" }));
attempt("objects", () => writeFileSync(mirror + "/objects/planted", ""));
attempt("installed packages", () => appendFileSync("node_modules/.package-lock.json", " "));
attempt("hard link to one", () => linkSync("node_modules/.package-lock.json", "linked.js"));
attempt("git reads", () => execFileSync("git", ["log", "--oneline"], { stdio: "ignore" }));
attempt("kernel settings", () => openSync("/proc/sys/kernel/core_pattern", "a"));
attempt("mount", () => execFileSync("mount", ["-t", "tmpfs", "x", "/tmp"], { stdio: "ignore" }));
attempt("becoming root", () => process.setuid(0) ?? process.getuid() === 0);
tell();
