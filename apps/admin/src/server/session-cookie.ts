/** The console's session cookie, by name only: whether it is still good is for the session itself to say. */
export const cookiePrefix = "tillstream";

/** better-auth prefixes the name with `__Secure-` where the page came over https. */
const NAMES = [`${cookiePrefix}.session_token`, `__Secure-${cookiePrefix}.session_token`];

export function hasSessionCookie(cookies: { has(name: string): boolean }): boolean {
  return NAMES.some((name) => cookies.has(name));
}
