import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    // The example, the fixtures of the passes and planted repositories bring tests of their own, which are not ours.
    exclude: ["tests/example/**", "tests/repositories/**", "tests/passes/*/*/{before,after}/**"],
    // Git, npm and whole nights run in the tests; on a busy machine with two cores that takes its time.
    testTimeout: 60_000,
    // Most tests wait for processes: a machine with two cores runs two files at once.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    hookTimeout: 60_000,
    // Planted repositories are our own code: where no sandbox works, as in many containers, they run without one.
    env: { NIGHTSWEEP_SANDBOX: "available" },
  },
});
