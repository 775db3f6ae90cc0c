export const Apple = (props: { red: boolean }) => <b>{String(props.red)}</b>;
export const Basket = { Root: (props: { children?: unknown; render: () => unknown }) => <p>{String(props)}</p> };
