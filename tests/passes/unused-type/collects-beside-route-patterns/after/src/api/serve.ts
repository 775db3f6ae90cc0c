export function serve(routes: { readonly exclude: readonly string[] }): number {
  return routes.exclude.length;
}
