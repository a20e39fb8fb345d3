/** The page to go to after signing in. */
import { localPath } from "@tillstream/trpc/local-path";

/** The header in which the proxy tells pages their own path; layouts cannot see it otherwise. */
export const pathHeader = "x-tillstream-path";

/** A path of this console but its login; "/" for anything else. */
export function safeReturnPath(next: unknown): string {
  const path = localPath(next) ?? "/";
  return /^\/login(?:[/?]|$)/.test(path) ? "/" : path;
}

export function loginPath(from: string): string {
  return from === "/" ? "/login" : `/login?next=${encodeURIComponent(from)}`;
}
