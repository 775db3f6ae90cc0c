import type { RepoPath } from "../core/names.ts";

/** What frameworks look for in any file. */
const anywhere: ReadonlySet<string> = new Set([
  "generateMetadata",
  "generateStaticParams",
  "generateViewport",
  "getInitialProps",
  "getServerSideProps",
  "getStaticPaths",
  "getStaticProps",
  "clientLoader",
  "clientAction",
  "shouldRevalidate",
  "ErrorBoundary",
  "HydrateFallback",
]);

/** What they look for in the files that are routes. */
const inRoutes: ReadonlySet<string> = new Set([
  "GET",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "HEAD",
  "OPTIONS",
  "action",
  "config",
  "default",
  "dynamic",
  "entries",
  "handle",
  "handler",
  "headers",
  "links",
  "load",
  "loader",
  "meta",
  "metadata",
  "middleware",
  "prerender",
  "revalidate",
  "runtime",
  "ssr",
  "csr",
]);

const routePath =
  /(^|\/)(routes?|pages|app|api|functions|middleware)\/|(^|\/)(page|layout|route|\+page|\+layout|\+server|middleware|loader)(\.server|\.client)?\.[cm]?[jt]sx?$/;

/** Whether a framework may look for a name in a file, so that it has to stand there. */
export function isFrameworkName(name: string, file: RepoPath): boolean {
  return anywhere.has(name) || (inRoutes.has(name) && routePath.test(file));
}
