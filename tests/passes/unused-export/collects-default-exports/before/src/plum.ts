export const plumColour = "blue";

export default class {
  readonly colour = plumColour;
}
