/**
 * What must stand in the code that a rule complains about. A rule is here only if it cannot fire without it, whatever its
 * options; all others are taken to fire anywhere. A name stands for the rule in every plug-in that has it.
 */
const needed: Readonly<Record<string, RegExp>> = {
  "ban-ts-comment": /@ts-/,
  "ban-tslint-comment": /tslint/,
  camelcase: /[^\W_]_[^\W_]|\p{L}_\p{L}/u,
  "consistent-type-assertions": /\bas\b|</,
  "default-case": /\bswitch\b/,
  "dot-notation": /[[.]|["'`]/,
  eqeqeq: /[!=]=/,
  "global-require": /\brequire\b/,
  "guard-for-in": /\bfor\b/,
  "no-alert": /\b(?:alert|confirm|prompt)\b/,
  "no-array-index-key": /\bkey\b/,
  "no-async-promise-executor": /\basync\b/,
  "no-await-in-loop": /\bawait\b/,
  "no-bitwise": /[&|^~]|<<|>>/,
  "no-caller": /\b(?:caller|callee)\b/,
  "no-case-declarations": /\b(?:let|const|function|class|using)\b/,
  "no-console": /\bconsole\b/,
  "no-continue": /\bcontinue\b/,
  "no-danger": /dangerouslySetInnerHTML/,
  "no-debugger": /\bdebugger\b/,
  "no-delete-var": /\bdelete\b/,
  "no-duplicate-case": /\bcase\b/,
  "no-dynamic-delete": /\bdelete\b/,
  "no-eval": /\beval\b/,
  "no-explicit-any": /\bany\b/,
  "no-extra-non-null-assertion": /!/,
  "no-fallthrough": /\b(?:case|default)\b/,
  "no-floating-decimal": /\./,
  "no-img-element": /\bimg\b/,
  "no-labels": /:|\b(?:break|continue)\b/,
  "no-misused-new": /\b(?:new|constructor)\b/,
  "no-namespace": /\b(?:namespace|module|import)\b/,
  "no-nested-ternary": /\?/,
  "no-new": /\bnew\b/,
  "no-new-func": /\bFunction\b/,
  "no-new-wrappers": /\bnew\b/,
  "no-non-null-asserted-optional-chain": /!/,
  "no-non-null-assertion": /!/,
  "no-plusplus": /\+\+|--/,
  "no-process-env": /\benv\b/,
  "no-process-exit": /\bexit\b/,
  "no-prototype-builtins": /\b(?:hasOwnProperty|isPrototypeOf|propertyIsEnumerable)\b/,
  "no-require-imports": /\b(?:require|import)\b/,
  "no-script-url": /script:/i,
  "no-self-compare": /[=<>]/,
  "no-sequences": /,/,
  "no-template-curly-in-string": /\$\{/,
  "no-this-alias": /\bthis\b/,
  "no-throw-literal": /\bthrow\b/,
  "no-undef-init": /\bundefined\b/,
  "no-useless-constructor": /\bconstructor\b/,
  "no-useless-escape": /\\/,
  "no-useless-catch": /\bcatch\b/,
  "no-var": /\bvar\b/,
  "no-var-requires": /\b(?:require|import)\b/,
  "no-void": /\bvoid\b/,
  "no-with": /\bwith\b/,
  "no-wrapper-object-types": /\b[A-Z]\w+\b/,
  "only-throw-error": /\bthrow\b/,
  "prefer-rest-params": /\barguments\b/,
  "prefer-spread": /\bapply\b/,
  "react-in-jsx-scope": /</,
  "require-yield": /\*/,
  "triple-slash-reference": /\/\/\//,
  "await-thenable": /\bawait\b|\busing\b/,
  "use-isnan": /NaN/,
};

/** Rules that read comments. */
const ofComments: ReadonlySet<string> = new Set(["ban-ts-comment", "ban-tslint-comment", "triple-slash-reference"]);

/** Rules about how code is laid out, and about what comments say, may fire on a line without code. */
const ofLayout =
  /^(?:@stylistic|prettier|format)\/|indent|spac|spell|lines?\b|newline|eol|max-|comment|tabs|quotes|semi|comma|brace|paren|[jt]sdoc|header|notice|todo|word|emoji|unicode|irregular|term/;

/**
 * Whether a rule may fire on something that begins in a stretch of code; `whole` is the same stretch with its comments.
 * A rule that is not known may fire on any code, and on anything else too when it is about layout or words.
 */
export function mayFire(rule: string, code: string, whole: string): boolean {
  const name = rule.slice(rule.lastIndexOf("/") + 1);
  const pattern = Object.hasOwn(needed, name) ? needed[name] : undefined;
  if (pattern === undefined) return ofLayout.test(rule) || code.trim() !== "";
  return pattern.test(ofComments.has(name) ? whole : code);
}
