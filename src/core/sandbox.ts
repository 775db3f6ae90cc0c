/** The ways to run foreign code, the strongest first. */
export const sandboxKinds = {
  bubblewrap: "namespaces, made by bubblewrap",
  namespaces: "namespaces, made by unshare",
  container: "a container",
  seatbelt: "the sandbox of macOS",
  none: "none: foreign code can do what this user can do",
} as const satisfies Record<string, string>;

/** The name of a way to run foreign code. */
export type SandboxKind = keyof typeof sandboxKinds;

/** Which sandbox ran a repository's code, and why that one. */
export type SandboxRecord = { readonly kind: SandboxKind; readonly because: string };
