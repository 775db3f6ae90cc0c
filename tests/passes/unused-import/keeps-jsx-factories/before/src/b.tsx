import { Fragment, h } from "preact";

export const Pear = () => <></>;
