/** Policies to begin with, as the page about policies shows them; a test reads each one. */
export const recipes = [
  {
    title: "Look, but open nothing",
    yaml: `
version: 1
name: look
ceiling: report
`,
  },
  {
    title: "Only what passing tests have seen",
    yaml: `
version: 1
name: tested-only
rules:
  - id: seen-by-tests
    match: { minAgeDays: 30, maxExposure: internal, minAssurance: tested }
    action: propose
`,
  },
  {
    title: "Only where the tests notice when something breaks",
    yaml: `
version: 1
name: canary
rules:
  - id: tests-that-notice
    match: { minAgeDays: 14, maxExposure: workspace, minAssurance: tested, canaryNoticed: true }
    action: propose
`,
  },
  {
    title: "Leave a folder and a package alone",
    yaml: `
version: 1
name: careful-with-payments
protect:
  paths: ["apps/checkout/**"]
  packages: ["@acme/payments*"]
rules:
  - id: the-rest
    match: { minAgeDays: 14, maxExposure: workspace, minAssurance: static }
    action: propose
`,
  },
  {
    title: "Report unused dependencies, propose the rest",
    yaml: `
version: 1
name: no-manifests
rules:
  - id: dependencies-by-hand
    because: People change package.json themselves here.
    match: { category: [unused-dependency] }
    action: report
  - id: the-rest
    match: { minAgeDays: 14, maxExposure: workspace, minAssurance: static }
    action: propose
`,
  },
  {
    title: "Stories are nobody's business, scripts may go at any age",
    yaml: `
version: 1
name: by-folder
rules:
  - id: stories
    match: { paths: ["**/*.stories.tsx"] }
    action: ignore
  - id: scripts
    match: { paths: ["scripts/**", "!scripts/release/**"], minAssurance: static }
    action: propose
`,
  },
  {
    title: "Two feature flags are over: what only their other side used goes",
    yaml: `
version: 1
name: flags
flags:
  - name: new-checkout
    value: true
    reads: ['isEnabled("new-checkout")', flags.newCheckout]
  - name: LABELS
    value: none
    reads: [settings.labels, env.LABELS]
rules:
  - id: finished-flags
    match: { category: [stale-flag], minAssurance: tested }
    action: propose
`,
  },
] as const satisfies readonly { readonly title: string; readonly yaml: string }[];
