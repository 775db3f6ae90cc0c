export default function plum(colour: string): string;
export default function plum(count: number): string;
export default function plum(what: string | number): string {
  return String(what);
}
