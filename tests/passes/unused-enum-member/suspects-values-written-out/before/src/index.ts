import { Provider } from "./providers.ts";

export const isLocal = (provider: string) => provider === Provider.Email || provider === Provider.Market;
export const guest = (sign: (provider: string) => void) => sign("orchard");
