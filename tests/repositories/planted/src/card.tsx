import classes from "./styles/card.module.css";

type CardProps = {
  readonly title: string;
  /** Declared, never read and never passed. */
  readonly deadProp?: string;
};

export function Card({ title }: CardProps) {
  return <div className={classes.frame}>{title}</div>;
}
