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
  "login",
  "orders",
  "register",
  "reset",
  "search",
];

/** Made by the shop for others to show: they say themselves for how long they are good. */
const PICTURES = /\/(?:apple-icon|opengraph-image)[\w-]*$/;

const firstPart = (path: string): string => path.split("/")[1] ?? "";

/** False for what cannot be a page, such as what scanners ask every server for. */
export function isKnownPath(path: string): boolean {
  const first = firstPart(path);
  return PUBLIC_PAGES.includes(first) || PRIVATE_PAGES.includes(first) || PICTURES.test(path);
}

/** Whether a page is the same for everybody who is not signed in and has no cart. */
export function isPublicPage(path: string): boolean {
  return PUBLIC_PAGES.includes(firstPart(path)) && !PICTURES.test(path);
}
