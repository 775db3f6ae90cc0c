/** The label of a fruit in the customer's language; each language is a module in `labels/`. */
export async function label(name: string, language = "en"): Promise<string> {
  const labels: unknown = await import(`../labels/${language}.ts`);
  return (labels as { label: (name: string) => string }).label(name);
}
