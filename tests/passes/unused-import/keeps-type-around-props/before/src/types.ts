export type FC<Props> = (props: Props) => string;
export type PropsWithChildren<Props = unknown> = Props & { readonly children?: string };
