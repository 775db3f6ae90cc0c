/** How masks write what they hide. */
const hidden = "***";

/** A name that says that its value is a secret, then the value in quotes. The name and the quotes stay. */
const namedSecret =
  /((?:token|secret|passw(?:or)?d|passphrase|pwd|api_?key|access_?key|private_?key|credential|client_?id|auth)\w*["'`\]]*\s*(?:[:=]|=>|,)\s*)(["'`])(?!\2)((?:(?!\2)[^\\\n]|\\.){6,})\2/gi;

/** Long runs that no word of a language looks like: keys in hexadecimal and in base64. */
const keyLike = /\b(?=[A-Fa-f0-9]*\d)(?=[A-Fa-f0-9]*[A-Fa-f])[A-Fa-f0-9]{32,}\b|\b[A-Za-z0-9+/_-]{40,}={0,2}/g;

/**
 * Hides in source what may be a secret although its shape is not known: values of names such as `password`, and long
 * runs of key-like characters. It hides too much rather than too little: what is hidden is only not shown to a model.
 */
export function maskCode(text: string): string {
  return text
    .replace(namedSecret, (_whole, name: string, quote: string) => `${name}${quote}${hidden}${quote}`)
    .replace(keyLike, (run) => (looksRandom(run) ? hidden : run));
}

/** Paths and long identifiers are no keys: a key mixes digits with letters of both cases, or is hexadecimal. */
function looksRandom(run: string): boolean {
  if (/^[A-Fa-f0-9]+$/.test(run)) return true;
  const digits = run.replace(/\D/g, "").length;
  return digits >= 4 && /[a-z]/.test(run) && /[A-Z]/.test(run) && !/[/_-]{1}[a-z]+[/_-]/.test(run);
}
