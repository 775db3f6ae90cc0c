import { jobs } from "#virtual/jobs";

const market = "%MARKET_URL%";
const isDebug = false as boolean;
const ripe: true | null = true;

export function addressOf(chosen: string): string {
  const host = chosen || "__MARKET_HOST__" || location.host;
  if (market) return `${host}/${market}`;
  if (isDebug) console.log(host);
  if (!ripe) console.log("green");
  return (jobs || []).join(host);
}
