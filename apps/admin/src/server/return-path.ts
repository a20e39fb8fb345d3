/** The page to go to after signing in. It comes from the address, so it must not lead to another site. */

/** The header in which the proxy tells pages their own path; layouts cannot see it otherwise. */
export const pathHeader = "x-tillstream-path";

/** A path on this site, or "/" for anything else: other origins, protocol-relative addresses, backslashes. */
export function safeReturnPath(next: string | null | undefined): string {
  if (next === null || next === undefined || !/^\/(?![/\\])/.test(next)) return "/";
  const base = "http://console.invalid";
  const url = URL.canParse(next, base) ? new URL(next, base) : undefined;
  if (url === undefined || url.origin !== base || url.pathname === "/login") return "/";
  return `${url.pathname}${url.search}`;
}

export function loginPath(from: string): string {
  return from === "/" ? "/login" : `/login?next=${encodeURIComponent(from)}`;
}
