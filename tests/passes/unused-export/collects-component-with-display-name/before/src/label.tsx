export const Label = { Text: (props: { children: string }) => <b>{props.children}</b>, Box: () => <i /> };

export function Sticker() {
  return <Label.Box />;
}
Sticker.defaultProps = { colour: "red" };
