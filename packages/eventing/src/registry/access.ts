/** Who may change what is registered: this machine, and callers with the login. */
import { createHash, timingSafeEqual } from "node:crypto";
import { BlockList, isIPv6 } from "node:net";
import type { HttpEnv } from "@tillstream/runtime";
import { RegistryError } from "./schema-registry.ts";

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8, "ipv4");
LOOPBACK.addAddress("::1", "ipv6");
const LOOPBACK_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;

interface Asked extends Pick<HttpEnv["Bindings"]["incoming"], "headers"> {
  readonly socket: { readonly remoteAddress?: string | undefined };
}

/** Throws `RegistryError` 401. @param login `user:password`; without one only this machine writes */
export function checkWriter(request: Asked, login: string | undefined): void {
  if (isFromHere(request)) return;
  if (login === undefined)
    throw new RegistryError(401, "Unauthorized: set SCHEMA_REGISTRY_LOGIN to write from elsewhere");
  const { authorization = "" } = request.headers;
  if (!isSame(authorization, `Basic ${Buffer.from(login).toString("base64")}`))
    throw new RegistryError(401, "Unauthorized");
}

/** Neither a proxy's request nor that of a page whose own name resolves to this machine. */
function isFromHere({ socket: { remoteAddress = "" }, headers }: Asked): boolean {
  if (headers.forwarded !== undefined || headers["x-forwarded-for"] !== undefined) return false;
  if (!LOOPBACK_HOST.test(headers.host ?? "")) return false;
  return LOOPBACK.check(remoteAddress, isIPv6(remoteAddress) ? "ipv6" : "ipv4");
}

/** In a time that says nothing of where they differ. */
function isSame(one: string, other: string): boolean {
  const [left, right] = [one, other].map((text) => createHash("sha256").update(text).digest());
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
}
