export const appleColour = "red";

export default function apple(): string {
  return appleColour;
}
