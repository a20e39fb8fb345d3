/**
 * Which e-mail addresses mail can be sent to, in the form in which they are kept. One rule for the checkout, the sign-up and
 * every look-up, in the browser and on the server: it has no dependency.
 */

/** RFC 5321: octets of the whole path, of the part before the @, and of a name in the DNS. */
const ADDRESS_OCTETS_MAX = 254;
const LOCAL_OCTETS_MAX = 64;
const DOMAIN_OCTETS_MAX = 253;
/** RFC 5322's dot-atom, with the letters of every script (RFC 6531). Quoted parts and comments, which are not in use, are not accepted. */
const LOCAL_PART = /^[\w!#$%&'*+/=?^`{|}~\p{L}\p{M}\p{N}-]+(?:\.[\w!#$%&'*+/=?^`{|}~\p{L}\p{M}\p{N}-]+)*$/u;
/** What may be typed as a domain; the joiners are part of some Persian and Indic names. */
const DOMAIN_TYPED = /^[\p{L}\p{M}\p{N}\p{Join_Control}.\u3002-]+$/u;
/** Labels of the DNS, at least two, and the last no number: that would be an IP address. */
const DOMAIN = /^(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+(?!\d+$)[a-z\d](?:[a-z\d-]{0,61}[a-z\d])$/;

export const EMAIL_EXAMPLE = "you@example.com";

/**
 * The address as it is kept: without the space around it, the local part as it was written, the domain in the letters of the
 * DNS (`почта.рф` is `xn--80a1acny.xn--p1ai`). Undefined for one that no mail can reach.
 */
export function emailAddress(typed: string): string | undefined {
  const address = typed.trim().normalize("NFC");
  const at = address.lastIndexOf("@");
  const local = address.slice(0, Math.max(at, 0));
  const domain = asciiDomain(address.slice(at + 1));
  if (domain === undefined || !LOCAL_PART.test(local) || octets(local) > LOCAL_OCTETS_MAX) return undefined;
  const kept = `${local}@${domain}`;
  return octets(kept) > ADDRESS_OCTETS_MAX ? undefined : kept;
}

/** The URL parser of browsers and Node applies Unicode's rules for domain names (UTS 46). */
function asciiDomain(typed: string): string | undefined {
  if (!DOMAIN_TYPED.test(typed) || !URL.canParse(`http://${typed}`)) return undefined;
  const domain = new URL(`http://${typed}`).hostname;
  return DOMAIN.test(domain) && domain.length <= DOMAIN_OCTETS_MAX ? domain : undefined;
}

const octets = (text: string): number => new TextEncoder().encode(text).length;
