/** Cookies of a procedure: read from its request, sent with its answer. */
import { processSettings, readEnv } from "@tillstream/runtime";
import type { Context } from "./context.ts";

/** Undefined when the request has none of that name. */
export function cookieOf({ requestHeaders }: Pick<Context, "requestHeaders">, name: string): string | undefined {
  const pairs = requestHeaders?.get("cookie")?.split(/;\s*/) ?? [];
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

/**
 * A cookie that scripts cannot read. Nothing happens where no answer carries headers.
 * @param value of characters that a cookie may hold as they are, such as base64url
 * @param seconds 0 takes it back
 */
export function setCookie(
  { responseHeaders }: Pick<Context, "responseHeaders">,
  name: string,
  value: string,
  seconds: number,
): void {
  const secure = readEnv(processSettings).SECURE_COOKIES ? "; Secure" : "";
  responseHeaders?.append(
    "set-cookie",
    `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`,
  );
}
