/** How to look after what things are made of. The product's page shows what concerns it, `/care` all of it. */
import type { ProductDetail } from "@tillstream/commerce";

export interface Care {
  /** Of its part of `/care`. */
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

/** The words by which a product's details tell what it is made of. A line that says how to wash it goes before what is here. */
const CARES: readonly (Care & { readonly words: RegExp })[] = [
  {
    id: "stoneware",
    title: "Stoneware and porcelain",
    words: /stoneware|porcelain/i,
    text: "Warm water and a soft cloth do for most days. Avoid sudden changes of heat: let a pot from the oven cool before it is rinsed. Bare clay darkens a little where hands and tea touch it, and that is meant to be.",
  },
  {
    id: "terracotta",
    title: "Terracotta",
    words: /terracotta|frost-?proof|with saucer/i,
    text: "Soak a new pot for an hour before planting, so that it does not drink the plant's water. Bring it in, or stand it on feet, before a hard frost. White bloom is lime from the water; a brush and vinegar take it off.",
  },
  {
    id: "linen",
    title: "Linen and cotton",
    words: /linen|cotton|canvas|percale|ticking/i,
    text: "Wash at the temperature of the label with like colours, and leave out the softener: it makes linen drink less. Dry it on the line and pull it straight while it is damp. It gets softer with each wash.",
  },
  {
    id: "wool",
    title: "Wool",
    words: /wool/i,
    text: "Air it more often than you wash it. When it has to be, wash it by hand in cool water with a wool wash, press it in a towel and dry it flat. Keep it with cedar or lavender over the summer.",
  },
  {
    id: "wood",
    title: "Wood, cork and willow",
    words: /\b(?:oak|walnut|beech|wood|cedar|willow|ash|cork|bamboo)\b/i,
    text: "Wipe it, or wash it by hand, and dry it upright. Never soak it and keep it out of the dishwasher. When it looks pale, rub in a little linseed or mineral oil, leave it for an hour and wipe off the rest.",
  },
  {
    id: "iron",
    title: "Iron, steel and copper",
    words: /iron|steel|copper|brass|alumini?um/i,
    text: "Wash by hand and dry at once: a wet night is enough for rust on carbon steel. A drop of oil keeps blades and cast iron well. Brass and copper darken with time; lemon and salt bring the shine back, if you miss it.",
  },
  {
    id: "glass",
    title: "Glass and stone",
    words: /glass|granite|marble/i,
    text: "Warm water and a soft cloth. Marble minds lemon and vinegar: wipe them off at once. Do not put cold glass into hot water.",
  },
  {
    id: "leather",
    title: "Leather and rubber",
    words: /leather|goatskin|suede|rubber/i,
    text: "Brush off dry earth, wipe with a damp cloth and let it dry slowly, away from the stove. Leather likes a little wax at the end of the season.",
  },
  {
    id: "candles",
    title: "Candles",
    words: /wax|taper|candles/i,
    text: "Trim the wick to half a centimetre before you light it, and let a pillar burn until the pool reaches near its edge. Never leave a flame alone.",
  },
  {
    id: "lamps",
    title: "Lamps",
    words: /\bE27\b|\bG9\b|\bLED\b|USB-C|diffuser/,
    text: "Unplug it and let it cool before you dust it. Use the bulb and the watts that the details name. A lamp without an IP number stays indoors.",
  },
  {
    id: "paper",
    title: "Paper and ink",
    words: /paper|\bink\b|pages|cloth over board/i,
    text: "Keep paper dry, flat and out of the sun. Ink comes out of a pen with cool water, and out of a shirt with milk and patience.",
  },
];

export const ALL_CARES: readonly Care[] = CARES;

/** What concerns a product, by its details: what it is mostly made of comes first. */
export function caresOf({ details }: Pick<ProductDetail, "details">): readonly Care[] {
  const text = details.join(". ");
  return CARES.map((care) => ({ care, at: text.search(care.words) }))
    .filter(({ at }) => at >= 0)
    .toSorted((one, other) => one.at - other.at)
    .map(({ care }) => care);
}
