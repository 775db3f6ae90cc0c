export namespace Units {
  export const metre = base() * 1;
  export const mile = 1609;

  function base(): number {
    return 1;
  }

  /** Nobody converts. */
  export function convert(miles: number): number {
    return miles * 2;
  }
}
