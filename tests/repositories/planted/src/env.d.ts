declare module "palette" {
  export function shade(name: string): string;
}
declare module "vitest" {
  export function test(name: string, body: () => void): void;
  export function expect(value: unknown): { toBe(other: unknown): void };
}
declare module "*.module.css" {
  const classes: Record<string, string>;
  export default classes;
}
declare namespace JSX {
  type Element = { readonly tag: string };
  type IntrinsicElements = Record<string, object>;
}
interface ImportMeta {
  readonly url: string;
}
declare const console: { log(...values: unknown[]): void };
declare const URL: new (path: string, base: string) => { readonly href: string };
declare const Worker: new (url: { readonly href: string }) => unknown;
