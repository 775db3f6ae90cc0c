/* tslint:disable */
/**
 * Fruit worker.
 * Please do NOT modify this file.
 */
export const pear = 2;
