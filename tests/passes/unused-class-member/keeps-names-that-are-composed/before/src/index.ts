import { Handler } from "./handler.ts";

const handler: Record<string, () => void> = Object(new Handler());
for (const event of ["Open", "Close"]) {
  handler[`handle${event}`]?.();
  handler[event.toLowerCase() + "Gate"]?.();
}
