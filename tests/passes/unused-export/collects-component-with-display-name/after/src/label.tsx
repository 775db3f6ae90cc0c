export const Label = { Text: (props: { children?: unknown }) => <b>{String(props.children)}</b>, Box: () => <i /> };
