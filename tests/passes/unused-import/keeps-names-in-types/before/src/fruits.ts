export interface Apple {}
export const Pear = 1;
export interface Plum {}
export interface Fig {}
export interface Grape {}
export interface Cherry {}
export class Date {}
export const key = "key";
