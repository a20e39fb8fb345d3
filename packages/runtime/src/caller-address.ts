/** Where a request comes from, as far as that can be known: good for limits, never for trust. */
import { BlockList, isIP, isIPv6 } from "node:net";

const ADDRESS_BITS = { 4: 32, 6: 128 } as const;
/** Of an IPv6 address, what one customer of a provider has at least. */
const SITE_GROUPS = 4;

/** @param list addresses and networks, such as 10.0.0.0/8; throws for what is neither */
export function trustedProxies(list: readonly string[]): BlockList {
  const proxies = new BlockList();
  for (const one of list) {
    const [address = "", bits] = one.split("/");
    const version = isIP(address);
    if (version !== 4 && version !== 6) throw new Error(`TRUSTED_PROXIES: ${one} is neither an address nor a network`);
    proxies.addSubnet(
      address,
      bits === undefined ? ADDRESS_BITS[version] : Number(bits),
      version === 4 ? "ipv4" : "ipv6",
    );
  }
  return proxies;
}

/**
 * The address that a connection came from; or, where that is a trusted proxy, the last one that it and the trusted proxies
 * before it name in X-Forwarded-For: entries before an address that is not trusted may be made up.
 */
export function callerAddress(remote: string, forwardedFor: string | undefined, trusted: BlockList): string {
  const hops = [...(forwardedFor?.split(",") ?? []), remote].map(plainAddress).filter((hop) => hop !== undefined);
  const caller = hops.findLast((hop) => !isTrusted(hop, trusted)) ?? hops[0] ?? "";
  return isIPv6(caller) ? siteOf(caller) : caller;
}

/** Whether `address` is one of the proxies. */
export function isTrusted(address: string, trusted: BlockList): boolean {
  const plain = plainAddress(address);
  return plain !== undefined && trusted.check(plain, isIPv6(plain) ? "ipv6" : "ipv4");
}

/** Undefined for a text that is not an address. The port is left out, and an IPv4 address written as an IPv6 one becomes IPv4. */
function plainAddress(written: string): string | undefined {
  const bare = written
    .trim()
    .replace(/^::ffff:(?=\d+\.)/i, "")
    .replace(/^\[([^\]]+)\](?::\d+)?$/, "$1")
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1");
  return isIP(bare) === 0 ? undefined : bare;
}

/** The /64 that an IPv6 address is in: its owner has all addresses there. */
function siteOf(address: string): string {
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = "", tail] = canonical.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => "0");
  return `${[...left, ...zeros, ...right].slice(0, SITE_GROUPS).join(":")}::/64`;
}
