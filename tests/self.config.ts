import { defineConfig } from "../src/config.ts";

/** For nightsweep on itself: the standard policy, but fixtures and the example are dead on purpose. */
export default defineConfig({
  sandbox: "available",
  repositories: [".."],
  policy: "self.policy.yaml",
  stateDirectory: "../.nightsweep",
  reportsDirectory: "../reports",
});
