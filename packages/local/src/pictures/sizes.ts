/** How tall the drawn thing is in truth, in centimetres, all that is drawn with it included: in a room everything has one scale. */

/** By product, or by product and size. */
const HEIGHTS: Readonly<Record<string, number>> = {
  "archive-box": 26,
  "bottled-ink": 16,
  "bud-vase-trio": 24,
  "cap-table-lamp": 44,
  "cast-iron-casserole": 24,
  "chamber-candlestick": 26,
  "copper-saucepan": 17,
  "coupe-dinner-plate": 17,
  "dipped-mug": 14,
  "enamel-colander": 15,
  "espresso-cups": 14,
  "farmhouse-jug": 24,
  "flatweave-rug": 40,
  "garden-twine": 14,
  "glass-cloche-large": 38,
  "glass-cloche-small": 26,
  "hand-thrown-pot-12-cm": 26,
  "hand-thrown-pot-18-cm": 42,
  "hand-thrown-pot-24-cm": 54,
  "hemmed-napkins": 12,
  "hollin-bottle-vase": 52,
  "hurricane-lantern": 34,
  "lambswool-throw": 62,
  "long-board-oak-small": 42,
  "long-board-walnut-small": 42,
  "long-board": 58,
  "moka-pot": 26,
  "moon-jar-chalk-small": 18,
  "moon-jar": 27,
  "pantry-jars": 27,
  "pepper-mill": 22,
  "pepper-mill-walnut-large": 32,
  "pestle-and-mortar": 26,
  "pillar-candles": 26,
  "pleated-table-lamp-indigo-small": 37,
  "pleated-table-lamp-ochre-small": 37,
  "pleated-table-lamp": 53,
  "quilted-bedspread": 64,
  "reach-desk-lamp": 58,
  "roam-portable-lamp": 28,
  "round-teapot": 18,
  "short-garden-boots": 30,
  "striped-tablecloth": 106,
  "tape-dispenser": 12,
  "ticking-bolster": 22,
  "tripod-floor-lamp": 148,
  "waffle-towels": 26,
  "washed-linen-cushion": 48,
  "watering-can": 36,
  "whistling-kettle": 25,
  "wide-serving-bowl": 17,
  "willow-trug": 30,
  "wooden-spoons": 34,
  "wrapping-paper": 54,
};

/** The longest name that the drawing's begins with; undefined for what does not stand on a table. */
export function heightOf(name: string): number | undefined {
  const known = Object.keys(HEIGHTS)
    .filter((each) => name === each || name.startsWith(`${each}-`))
    .toSorted((one, other) => other.length - one.length);
  return HEIGHTS[known[0] ?? ""];
}
