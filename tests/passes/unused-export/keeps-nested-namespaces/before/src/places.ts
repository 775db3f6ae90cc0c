export namespace Orchard.Apples {
  export const red = "red";
}

export namespace Garden {
  export namespace Pears {
    export const green = "green";
  }
}
