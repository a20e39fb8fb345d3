/** The page to go to after signing in. It comes from the address, so it must not lead to another site. */
const BASE = "http://shop.invalid";
const ENTRANCES = ["/login", "/register"];
export const HOME_AFTER_SIGN_IN = "/account";
/** The proxy tells a page where it is: its layout knows no path of its own. */
export const PATH_HEADER = "x-page-path";

/** A path of this shop; the account's page for anything else: other origins, protocol-relative addresses, backslashes. */
export function safeReturnPath(next: string | undefined): string {
  if (next === undefined || !/^\/(?![/\\])/.test(next)) return HOME_AFTER_SIGN_IN;
  const url = URL.canParse(next, BASE) ? new URL(next, BASE) : undefined;
  if (url === undefined || url.origin !== BASE || ENTRANCES.includes(url.pathname)) return HOME_AFTER_SIGN_IN;
  return `${url.pathname}${url.search}`;
}

/** The way to an entrance that leads back to `from`. */
export function entrancePath(entrance: "/login" | "/register", from: string): string {
  return from === HOME_AFTER_SIGN_IN ? entrance : `${entrance}?next=${encodeURIComponent(from)}`;
}
