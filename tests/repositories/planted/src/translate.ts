import phrases from "./locales/en.json" with { type: "json" };

export function translate(key: keyof typeof phrases): string {
  return phrases[key];
}
