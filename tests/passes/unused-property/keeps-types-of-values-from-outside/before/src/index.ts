type Market = { readonly name: string; readonly place?: string };
type Listing = { readonly fruit: string; readonly origin?: string };
type Options = { readonly [key: string]: unknown; readonly verbose?: boolean };
interface Event {
  readonly sender: string;
  readonly topic?: string;
}

export async function load(): Promise<Market> {
  const listing = JSON.parse("{}") as Listing;
  return { name: listing.fruit };
}

export function show(market: Market, listing: Listing, options: Options): void {
  console.log(market.name, listing.fruit, options);
}

export function handle({ sender }: Event): void {
  console.log(sender);
}

load().then((market) => show(market, { fruit: "fig" }, {}));
process.on("message", handle);
