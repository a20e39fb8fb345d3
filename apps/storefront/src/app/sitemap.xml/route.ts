/** Every page that is worth finding: the shop's own, its categories and its products. */
import { publicText } from "../../found/public-text.ts";
import { sitemap } from "../../found/sitemap.ts";
import { server } from "../../server/services.ts";
import { remembered } from "../../server/remembered.ts";
import { ask } from "../../server/shop.ts";

const TEN_MINUTES_MS = 600_000;

export const dynamic = "force-dynamic";

export async function GET(): Promise<Response> {
  const { categories, products } = await remembered("sitemap", TEN_MINUTES_MS, () =>
    ask(async (shop) => ({
      categories: await shop.catalogue.categories(),
      products: await shop.catalogue.addresses(),
    })),
  );
  return publicText("application/xml", sitemap(server().services.shop.url, categories, products));
}
