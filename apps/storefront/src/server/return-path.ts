/** The page to go to after signing in. */
import { localPath } from "@tillstream/trpc/local-path";

const ENTRANCES = /^\/(?:login|register|reset|confirm)(?:[/?]|$)/;
export const HOME_AFTER_SIGN_IN = "/account";
/** The proxy tells a page where it is: its layout knows no path of its own. */
export const PATH_HEADER = "x-page-path";

/** A path of this shop but its entrances; the account's page for anything else. */
export function safeReturnPath(next: unknown): string {
  const path = localPath(next) ?? HOME_AFTER_SIGN_IN;
  return ENTRANCES.test(path) ? HOME_AFTER_SIGN_IN : path;
}

/** The way to an entrance that leads back to `from`. */
export function entrancePath(entrance: "/login" | "/register", from: string): string {
  return from === HOME_AFTER_SIGN_IN ? entrance : `${entrance}?next=${encodeURIComponent(from)}`;
}
