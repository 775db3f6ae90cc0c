export function listen(add: (listener: () => void) => () => void): void {
  const stop = add(() => {
    stop();
  });
}
