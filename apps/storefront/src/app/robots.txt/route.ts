/** What robots may look at. Made when it is asked for: the shop's address is a setting. */
import { PRIVATE_PAGES } from "../../found/known-paths.ts";
import { publicText } from "../../found/public-text.ts";
import { server } from "../../server/services.ts";

export const dynamic = "force-dynamic";

export function GET(): Response {
  const closed = ["api", ...PRIVATE_PAGES].map((page) => `Disallow: /${page}`);
  return publicText(
    "text/plain",
    ["User-agent: *", ...closed, "", `Sitemap: ${server().services.shop.url}/sitemap.xml`, ""].join("\n"),
  );
}
