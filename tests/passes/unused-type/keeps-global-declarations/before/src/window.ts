export {};

declare global {
  interface Window {
    readonly orchard: Orchard;
  }
}

interface Orchard {
  readonly trees: number;
}
