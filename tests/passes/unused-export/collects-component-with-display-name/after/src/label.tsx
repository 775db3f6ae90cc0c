export const Label = { Text: (props: { children: string }) => <b>{props.children}</b>, Box: () => <i /> };
