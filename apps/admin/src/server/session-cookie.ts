/** The console's session cookie, by name only: whether it is still good is for the session itself to say. */
import { cookieName } from "@tillstream/runtime";

export const cookiePrefix = "tillstream";

export function hasSessionCookie(cookies: { has(name: string): boolean }): boolean {
  return cookies.has(cookieName(`${cookiePrefix}.session_token`));
}
