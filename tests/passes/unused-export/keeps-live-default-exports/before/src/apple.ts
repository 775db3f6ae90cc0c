export default function (): string {
  return "apple";
}
