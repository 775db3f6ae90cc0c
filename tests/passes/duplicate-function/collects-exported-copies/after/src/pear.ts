import { priceTag } from './shared/price-tag.ts';

export const sellPear = () => priceTag('pear', 180);
