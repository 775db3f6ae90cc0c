import { defineConfig } from "./src/config.ts";

export default defineConfig({
  repositories: ["example:orchard"],
  forge: { kind: "local" },
});
