/** Which addresses are pages of the shop, and which of them are nobody else's business. A test holds both against the folders of `app`. */

/** First parts of the addresses of pages that show the same to everybody: a search engine may know them. */
export const PUBLIC_PAGES: readonly string[] = [
  "",
  "about",
  "c",
  "care",
  "contact",
  "delivery",
  "p",
  "privacy",
  "products",
  "returns",
];

/** About one person, or made of what somebody typed. */
export const PRIVATE_PAGES: readonly string[] = [
  "account",
  "cart",
  "checkout",
  "confirm",
  "confirm-email",
  "login",
  "orders",
  "register",
  "reset",
  "search",
];

/** Made by the shop for others to show: they say themselves for how long they are good. */
const PICTURES = /\/(?:apple-icon|opengraph-image)[\w-]*$/;

/**
 * What comes after the first part, where something may; without a slash at either end. An order's id is of words joined by
 * dashes: anything else has no order for anybody. What may be one is looked at by its page, which does not tell.
 */
const BELOW: Readonly<Record<string, RegExp>> = {
  account: /^(?:addresses|credit|credit\/statement\.csv|orders|profile)?$/,
  c: /^[^/]+$/,
  orders: /^(?:find|[\da-z]+(?:-[\da-z]+)+(?:\/receipt|\/return\/[^/]+)?)$/,
  p: /^[^/]+$/,
};
const NOTHING = /^$/;

const firstPart = (path: string): string => path.split("/")[1] ?? "";

/** False for what cannot be a page, such as what scanners ask every server for, or a page with something behind it. */
export function isKnownPath(path: string): boolean {
  if (PICTURES.test(path)) return true;
  const first = firstPart(path);
  const below = path.slice(first.length + 2).replace(/\/$/, "");
  return [...PUBLIC_PAGES, ...PRIVATE_PAGES].includes(first) && (BELOW[first] ?? NOTHING).test(below);
}

/** Whether a page is the same for everybody who is not signed in and has no cart. */
export function isPublicPage(path: string): boolean {
  return PUBLIC_PAGES.includes(firstPart(path)) && !PICTURES.test(path);
}
