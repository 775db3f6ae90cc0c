/** As the market sends it. */
export enum Kind {
  Apple = "apple",
  Pear = "pear",
}

/** The codes of the market. */
export enum Code {
  Ok = 200,
  Created = 201,
  Accepted = 202,
  Found = 302,
  Gone = 410,
  Teapot = 418,
  Early = 425,
  Broken = 500,
}
