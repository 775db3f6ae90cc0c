export function orchardRoute(id: string): string {
  return `/fruits/${id}`;
}
