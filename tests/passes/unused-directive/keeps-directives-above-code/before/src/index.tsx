// @ts-ignore
import apple from "apple";

/* eslint-disable-next-line
   no-console */
console.log(apple);

// prettier-ignore
export const sizes = [
  1,  2,
  3,  4,
];

/* istanbul ignore else */
// Only when it is ripe.
if (sizes.length > 3) sizes.pop();
else if (apple) sizes.push(5);
/* istanbul ignore next */
export function Basket(): unknown {
  return (
    <ul>
      {/* @ts-expect-error it has no type */}
      <apple.Tree>apple</apple.Tree>
      {/* eslint-disable-next-line react/no-danger */}
      <li dangerouslySetInnerHTML={{ __html: "pear" }} />
    </ul>
  );
}
