export const injectable = () => (target: Function) => void target;
export const parameter = (target: object, key: undefined, index: number) => void [target, key, index];
