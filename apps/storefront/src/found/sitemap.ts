/** The shop's map for search engines, as sitemaps.org has it. Pure. */
import { PUBLIC_PAGES } from "./known-paths.ts";

/** Folders of pages, and no pages. */
const FOLDERS = ["c", "p"];

interface Address {
  readonly slug: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

function entry(url: string, path: string, changed?: string): string {
  const lastmod = changed === undefined ? "" : `<lastmod>${changed}</lastmod>`;
  return `<url><loc>${escaped(`${url}${path}`)}</loc>${lastmod}</url>`;
}

/** @param url the shop's, without a slash at the end */
export function sitemap(
  url: string,
  categories: readonly Address[],
  products: readonly (Address & { readonly updatedAt: string })[],
): string {
  const pages = PUBLIC_PAGES.filter((page) => !FOLDERS.includes(page));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ...pages.map((page) => entry(url, `/${page}`)),
    ...categories.map(({ slug }) => entry(url, `/c/${encodeURIComponent(slug)}`)),
    ...products.map(({ slug, updatedAt }) => entry(url, `/p/${encodeURIComponent(slug)}`, updatedAt)),
    "</urlset>",
    "",
  ].join("\n");
}
