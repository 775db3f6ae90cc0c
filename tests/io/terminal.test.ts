import { expect, test } from "vitest";
import { createTerminal } from "../../src/io/terminal.ts";

const erased = "\r\u001b[2K";

function streams(isTTY: boolean) {
  const written = { stdout: "", stderr: "" };
  const streamTo = (name: "stdout" | "stderr") => ({
    isTTY,
    columns: 40,
    write: (text: string) => {
      written[name] += text;
    },
  });
  return { written, terminal: createTerminal({ stdout: streamTo("stdout"), stderr: streamTo("stderr") }) };
}

test("shows one line that is replaced, no wider than the terminal, and gone before a result", () => {
  const { written, terminal } = streams(true);
  terminal.progress({ repo: "orchard", stage: "mark", position: { index: 2, total: 5 } });
  terminal.progress({ repo: "orchard", stage: "verify", detail: "tree 3, npm run test:everything-there-is" });
  terminal.progress(null);
  terminal.print("1 pull request");
  expect(written.stdout).toBe("1 pull request\n");
  expect(written.stderr.split(erased)).toEqual([
    "",
    "[2/5] orchard  mark  0 s",
    "",
    "orchard  verify  tree 3, npm run test:e",
    "",
  ]);
});

test("shows no progress where stderr is not a terminal", () => {
  const { written, terminal } = streams(false);
  terminal.progress({ repo: "orchard", stage: "mark" });
  terminal.complain("warning: frost");
  terminal.progress(null);
  expect(written).toEqual({ stdout: "", stderr: "warning: frost\n" });
});
