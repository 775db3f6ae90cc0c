export const Label = { Text: (props: { children?: unknown }) => <b>{String(props.children)}</b>, Box: () => <i /> };

export function Sticker() {
  return <Label.Box />;
}
Sticker.defaultProps = { colour: "red" };
