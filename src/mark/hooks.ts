/*
 * Frameworks and the language call members by a name that the repository need not spell anywhere else. Their names are
 * kept wherever they stand; an interface that has only such names says nothing about the other members of a class.
 */

const hooks = [
  "toString|toJSON|toLocaleString|valueOf|then|catch|finally|next|return|throw|inspect|handleEvent|dispose|prototype",
  "name|message|stack|cause|length|constructor",
  "ng[A-Z]\\w*|writeValue|registerOn\\w+|setDisabledState|transform|can(Activate\\w*|Deactivate|Load|Match)|resolve",
  "intercept|validate|preload|handleError",
  "on(Module|Application)[A-Z]\\w*|beforeApplicationShutdown|use|configure|bootstrap|handle|execute|defaultMessage|create\\w+Options",
  "render|setState|component(Did|Will)\\w+|shouldComponentUpdate|UNSAFE_\\w+",
  "get(Derived\\w+|Snapshot\\w+|InitialProps|ChildContext|ServerSideProps|StaticProps)",
  "connectedCallback|disconnectedCallback|connectedMoveCallback|adoptedCallback|attributeChangedCallback|formAssociated\\w*|observedAttributes",
  "afterLoad|(before|after)(Insert|Update|Remove|SoftRemove|Recover|Transaction\\w+)|listenTo",
  "on(Run|Test|Begin|End|Step|Error|Exit|Std(out|Err)|Finished|Init|Collected|PathsCollected|UserConsoleLog)\\w*",
  "printsToStdio|getLastError|process(Async)?|getCacheKey|canInstrument|handleTestEvent|getVmContext|runScript|exportConditions",
  "handle(Connection|Disconnect)|afterInit|attached|detached|bind|unbind|created|\\$(on[A-Z]\\w*|doCheck|postLink)",
  "find|get|create|update|patch|remove|index|store|show|edit|destroy|(get|set|remove)Item|revalidateTag|resetRequestCache",
  "up|down|install|apply|activate|deactivate|setup|teardown|main|run|init|start|stop|fetch|scheduled|queue|alarm",
];
const hookPattern = new RegExp(`^(${hooks.join("|")})$`);

/** Whether something outside the repository may call a member of this name on any object. */
export function isHook(name: string): boolean {
  return hookPattern.test(name);
}

const harmless = [
  "Error|TypeError|RangeError|SyntaxError|Disposable|AsyncDisposable",
  "OnInit|OnDestroy|OnChanges|DoCheck|After(Content|View)(Init|Checked)|ControlValueAccessor|Validator|PreloadingStrategy",
  "PipeTransform|CanActivate\\w*|CanDeactivate|CanLoad|CanMatch|Resolve|HttpInterceptor|ErrorHandler",
  "OnModule(Init|Destroy)|OnApplication(Bootstrap|Shutdown)|BeforeApplicationShutdown",
  "NestInterceptor|NestMiddleware|NestModule|ExceptionFilter|ValidatorConstraintInterface",
];
const harmlessPattern = new RegExp(`^(${harmless.join("|")})$`);

/** Whether a base or interface from elsewhere calls nothing but hooks. */
export function hasOnlyHooks(name: string): boolean {
  return harmlessPattern.test(name);
}
