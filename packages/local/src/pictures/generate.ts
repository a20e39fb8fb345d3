/**
 * Writes every picture of the shop as SVG into apps/storefront/public: one per variant, one per
 * category, one hero. Same catalogue in, same bytes out, so a change of a drawing shows as a diff.
 * Run: node packages/local/src/pictures/generate.ts
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { categories, products } from "../seed/catalogue/index.ts";
import { picture } from "./kit/stage.ts";
import { lookOf } from "./look-of.ts";
import { categoryPicture, heroPicture } from "./objects/groups.ts";
import { drawings } from "./objects/index.ts";

const out = join(import.meta.dirname, "../../../../apps/storefront/public");

function write(path: string, svg: string): void {
  const file = join(out, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, svg);
}

/** A renamed variant must not leave its old picture behind. */
function clear(folder: string): void {
  const path = join(out, folder);
  mkdirSync(path, { recursive: true });
  for (const file of readdirSync(path)) if (file.endsWith(".svg")) rmSync(join(path, file));
}

clear("products");
clear("categories");
for (const product of products) {
  const draw = drawings[product.slug];
  if (draw === undefined) throw new Error(`no drawing for product "${product.slug}"`);
  for (const variant of product.variants) {
    const look = lookOf(product, variant);
    const { stage, art } = draw(look);
    write(variant.image, picture(stage, look.paper, art));
  }
}
for (const category of categories) write(category.image, categoryPicture(category.slug));
write("hero.svg", heroPicture());
