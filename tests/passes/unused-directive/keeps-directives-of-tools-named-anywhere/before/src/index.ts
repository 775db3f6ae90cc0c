/* tslint:disable:no-any */
/* eslint-disable no-undef */
// eslint-disable-next-line @stylistic/max-len

export const apple: any = 1;
