export function run(): string {
  return "running";
}

export function stop(): string {
  return "stopped";
}
