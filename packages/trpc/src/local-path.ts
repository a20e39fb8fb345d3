/** Where an address says to go next. It comes from the outside, so it must not lead to another site. */

/** Stands for this site, whatever its name is. */
const HERE = "http://here.invalid";

/** `wanted` as a path of this site with its query; undefined when a browser would take it for anything else. */
export function localPath(wanted: unknown): string | undefined {
  if (typeof wanted !== "string" || !wanted.startsWith("/")) return undefined;
  const path = pathHere(wanted);
  // What is handed on is read again: the path of /.//other.test is //other.test.
  return path === undefined ? undefined : pathHere(path);
}

function pathHere(address: string): string | undefined {
  const url = URL.parse(address, HERE);
  return url?.origin === HERE ? `${url.pathname}${url.search}` : undefined;
}
