/** Cookies of a procedure: read from its request, sent with its answer. */
import { processSettings, readEnv } from "./env.ts";

/** What is read of a request and sent with its answer; nothing outside a request. */
export interface Exchange {
  readonly requestHeaders?: Headers | undefined;
  readonly responseHeaders?: Headers | undefined;
}

/** Over https, no other host of the domain can set a cookie of this name, nor read it. */
export function cookieName(name: string): string {
  return readEnv(processSettings).SECURE_COOKIES ? `__Host-${name}` : name;
}

/** Undefined when the request has none of that name. */
export function cookieOf({ requestHeaders }: Pick<Exchange, "requestHeaders">, name: string): string | undefined {
  return requestHeaders === undefined ? undefined : cookieIn(requestHeaders, name);
}

export function cookieIn(headers: Headers, name: string): string | undefined {
  const start = `${cookieName(name)}=`;
  const pairs = headers.get("cookie")?.split(/;\s*/) ?? [];
  return pairs.find((pair) => pair.startsWith(start))?.slice(start.length);
}

/** Sets a cookie with the answer. Nothing happens where no answer carries headers. */
export function setCookie({ responseHeaders }: Pick<Exchange, "responseHeaders">, ...cookie: CookieParts): void {
  responseHeaders?.append("set-cookie", cookieText(...cookie));
}

/** Seconds of 0 take the cookie back. */
type CookieParts = [name: string, value: string, seconds: number];

/** A cookie that scripts cannot read. Its value is of characters that a cookie may hold as they are, such as base64url. */
export function cookieText(...[name, value, seconds]: CookieParts): string {
  const secure = readEnv(processSettings).SECURE_COOKIES ? "; Secure" : "";
  return `${cookieName(name)}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
}
