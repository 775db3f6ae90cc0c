import { Basket } from "./basket.tsx";

export const shop = <Basket />;
