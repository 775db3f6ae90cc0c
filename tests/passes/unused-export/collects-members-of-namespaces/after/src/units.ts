export namespace Units {
  export const metre = base() * 1;

  function base(): number {
    return 1;
  }
}
