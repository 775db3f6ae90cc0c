const NEW_ROUTES = false;

export function choosePath(direction: string): string {
  if (NEW_ROUTES) {
    return planRoute(direction);
  }
  return direction;
}

function planRoute(direction: string): string {
  return `to the ${direction}`;
}
