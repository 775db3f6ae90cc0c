type CardProps = {
  readonly title: string;
  /** Declared, never read and never passed. */
  readonly subtitle?: string;
};

export function Card({ title }: CardProps) {
  return <div>{title}</div>;
}

interface Sized {
  width: number;
  depth?: number;
}

type Shape = Sized & { colour?: string; height: number };

export const readShape = (shape: Readonly<Shape>): number => area(shape, shape);

function area(shape: Shape, sized: Sized): number {
  return shape.height * sized.width;
}
