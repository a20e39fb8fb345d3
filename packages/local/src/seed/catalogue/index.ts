/**
 * Fernhill's seed catalogue: what the shop sells when the database is new. Enough kinds, colours and
 * sizes for facets and search to mean something; stock deep enough for load tests, with a few lines
 * low or sold out so that those states can be seen.
 */
import { ceramics } from "./ceramics.ts";
import type { SeedCategory, SeedProduct } from "./define.ts";
import { garden } from "./garden.ts";
import { kitchen } from "./kitchen.ts";
import { lighting } from "./lighting.ts";
import { stationery } from "./stationery.ts";
import { textiles } from "./textiles.ts";

export type { SeedCategory, SeedProduct } from "./define.ts";

const category = (slug: string, name: string, summary: string): SeedCategory => ({
  slug,
  name,
  summary,
  image: `/categories/${slug}.svg`,
});

export const categories: readonly SeedCategory[] = [
  category("ceramics", "Ceramics", "Thrown, pressed and glazed, for the table and the sill."),
  category("lighting", "Lighting", "Lamps and candles that light what matters and hide the bulb."),
  category("textiles", "Textiles", "Linen, wool and cotton that get better with washing."),
  category("kitchen", "Kitchen", "Pots, boards and tools made to be used every day."),
  category("stationery", "Stationery", "Paper, ink and the things a desk needs."),
  category("garden", "Garden", "Tools, pots and shelter for a small garden."),
];

export const products: readonly SeedProduct[] = [
  ...ceramics,
  ...lighting,
  ...textiles,
  ...kitchen,
  ...stationery,
  ...garden,
];
