/** Several products in one picture: a still life per category and the wide one for the home page. */
import { products } from "../../seed/catalogue/index.ts";
import { n } from "../kit/path.ts";
import { GROUND, paperOf, picture, type View } from "../kit/stage.ts";
import { lookOf } from "../look-of.ts";
import { drawings } from "./index.ts";

/** Product, which of its variants, where its foot stands and how large, back to front. */
type Place = readonly [slug: string, variant: number, x: number, y: number, scale: number];

const FOOT = GROUND + 14;
const SHARED = new Set(["s", "g"]);

/** Ids are unique within one drawing only; `prefix` keeps two drawings in one picture apart. */
const renamed = (art: string, prefix: string): string =>
  art.replace(/(id="|href="#|url\(#)(\w+)/g, (whole: string, before: string, id: string) =>
    SHARED.has(id) ? whole : `${before}${prefix}${id}`,
  );

function placed([slug, variant, x, y, scale]: Place, index: number, paper: string): string {
  const product = products.find((p) => p.slug === slug);
  const [draw, shown] = [drawings[slug], product?.variants[variant]];
  if (product === undefined || draw === undefined || shown === undefined)
    throw new Error(`a group shows "${slug}" (${variant}), which does not exist`);
  const { art } = draw(lookOf(product, shown, paper));
  return `<g transform="matrix(${scale} 0 0 ${scale} ${n(x - 400 * scale)} ${n(y - FOOT * scale)})">${renamed(art, `p${index}`)}</g>`;
}

const still = (paper: string, view: View, places: readonly Place[]): string =>
  picture("table", paper, places.map((place, index) => placed(place, index, paper)).join(""), view);

const SQUARE: View = { width: 800, height: 800, edge: 470 };
const WIDE: View = { width: 1600, height: 900, edge: 560 };

const groups: Readonly<Record<string, readonly Place[]>> = {
  ceramics: [
    ["hollin-bottle-vase", 1, 250, 600, 0.8],
    ["moon-jar", 2, 540, 580, 0.62],
    ["espresso-cups", 0, 430, 700, 0.46],
  ],
  lighting: [
    ["cap-table-lamp", 2, 470, 590, 0.86],
    ["pillar-candles", 0, 230, 680, 0.5],
  ],
  textiles: [
    ["lambswool-throw", 0, 500, 590, 0.84],
    ["washed-linen-cushion", 1, 220, 690, 0.62],
  ],
  kitchen: [
    ["cast-iron-casserole", 1, 580, 580, 0.62],
    ["moka-pot", 1, 250, 640, 0.74],
    ["pestle-and-mortar", 1, 470, 722, 0.44],
  ],
  stationery: [
    ["wrapping-paper", 1, 540, 560, 0.82],
    ["archive-box", 1, 250, 620, 0.56],
    ["bottled-ink", 1, 490, 720, 0.5],
  ],
  garden: [
    ["hand-thrown-pot", 2, 570, 580, 0.8],
    ["watering-can", 0, 290, 650, 0.78],
    ["garden-twine", 0, 560, 730, 0.38],
  ],
};

export const categoryPicture = (slug: string): string => still(paperOf(slug), SQUARE, groups[slug] ?? []);

/** The left third stays calm, for the words of the page. */
export const heroPicture = (): string =>
  still("#e8d8c4", WIDE, [
    ["pleated-table-lamp", 3, 1350, 660, 0.92],
    ["hollin-bottle-vase", 1, 1090, 650, 0.8],
    ["moka-pot", 1, 800, 700, 0.7],
    ["wide-serving-bowl", 2, 1050, 808, 0.62],
    ["dipped-mug", 1, 1430, 812, 0.46],
  ]);
