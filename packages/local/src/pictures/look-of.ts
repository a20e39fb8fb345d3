/** Turns a variant of the catalogue into what its drawing is told. */
import type { SeedProduct, SeedVariant } from "../seed/catalogue/index.ts";
import type { Look } from "./kit/look.ts";
import { colourOf } from "./kit/palette.ts";
import { chance } from "./kit/random.ts";
import { paperOf } from "./kit/stage.ts";

const STEP_OF_TWO = 0.22;
const STEP_OF_MORE = 0.19;

/** The largest size of a product is drawn at 1, the smaller ones in even steps below it. */
function scaleOf(product: SeedProduct, variant: SeedVariant): number {
  const sizes = [...new Set(product.variants.map((v) => v.options["size"]))];
  const below = sizes.length - 1 - sizes.indexOf(variant.options["size"]);
  return 1 - below * (sizes.length === 2 ? STEP_OF_TWO : STEP_OF_MORE);
}

/** `paper` is given where the variant is shown in another room than its category's. */
export function lookOf(product: SeedProduct, variant: SeedVariant, paper: string = paperOf(product.category)): Look {
  const named = variant.options["colour"] ?? variant.options["finish"];
  return {
    option: (name) => variant.options[name] ?? "",
    colour: (fallback) => colourOf(named ?? fallback),
    scale: scaleOf(product, variant),
    paper,
    next: chance(variant.sku),
  };
}
