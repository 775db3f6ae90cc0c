export const Small = {};
