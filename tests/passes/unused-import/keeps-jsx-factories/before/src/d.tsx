import { createElement } from "preact";

export const Fig = () => <i />;
