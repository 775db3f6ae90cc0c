export namespace Units {
  export const metre = 1;
  export const deadUnit = 1609;
}
