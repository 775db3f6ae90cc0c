import type { Apple } from "./apple.ts";

declare global {
  interface Window {
    apple: Apple;
  }
}
