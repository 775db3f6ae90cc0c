export const weigh = (grams: number) => {
  // eslint-disable-next-line cspell/spellchecker
  // TODO(aplle): it is a typo on purpose
  return grams;
};
