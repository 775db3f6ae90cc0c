import type { FC, PropsWithChildren } from "./types.ts";

type FrameProps = { readonly title: string };

export const Frame: FC<PropsWithChildren<FrameProps>> = (props) => props.title;
