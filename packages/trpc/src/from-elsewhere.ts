/**
 * Whether a page of another site sent a request. Browsers say so themselves, in headers that no page can set; old ones, and
 * those that came over plain HTTP from another machine, name the page's origin at least. A client that is not a browser sends neither.
 */
export function isFromElsewhere(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site !== "same-origin" && site !== "none"; // none: typed into the address bar
  const origin = headers.get("origin");
  if (origin === null) return false;
  // A proxy may have given the request another host; a page of another site cannot set either of the two.
  const hosts = [headers.get("x-forwarded-host"), headers.get("host")];
  return !hosts.includes(URL.parse(origin)?.host ?? "");
}
