/** What of each thing is worth a look from near, and how it is kept in its room. */

export interface Detail {
  /** The middle of the crop, as shares of the thing's box. */
  readonly x: number;
  readonly y: number;
  /** Of 800, how wide the crop is. */
  readonly span: number;
  /** What is seen. */
  readonly words: string;
}

const near = (x: number, y: number, span: number, words: string): Detail => ({ x, y, span, words });

export const DETAILS: Readonly<Record<string, Detail>> = {
  "archive-box": near(0.36, 0.5, 340, "the brass frame for its label and the edge of the lid"),
  "bird-box": near(0.5, 0.46, 380, "the hole, its perch and the grain of the front"),
  "bottled-ink": near(0.62, 0.62, 330, "the label and the ink behind the glass"),
  "bud-vase-trio": near(0.5, 0.72, 380, "the three glazes side by side"),
  "canvas-apron": near(0.5, 0.5, 380, "the pocket, its seams and the loop for a spoon"),
  "cap-table-lamp": near(0.44, 0.2, 420, "the dome that hides the bulb"),
  "cast-iron-casserole": near(0.5, 0.28, 360, "the knob and the rim of the lid"),
  "cedar-pencils": near(0.5, 0.45, 330, "the points and the paper sleeve"),
  "chamber-candlestick": near(0.5, 0.8, 400, "the saucer and the loop for a finger"),
  "cloth-notebook": near(0.4, 0.28, 340, "the weave of the cloth and the label"),
  "cooks-knife": near(0.5, 0.62, 340, "the rivets where blade and handle meet"),
  "copper-saucepan": near(0.36, 0.35, 320, "the rim and the shine of the copper"),
  "coupe-dinner-plate": near(0.3, 0.6, 340, "the rims of the stack"),
  "desk-tray": near(0.5, 0.5, 360, "the hollows for pencils and coins"),
  "dipped-mug": near(0.3, 0.42, 340, "the line of the glaze over bare, speckled clay"),
  "enamel-colander": near(0.4, 0.55, 330, "the holes and the dark rim of the enamel"),
  "espresso-cups": near(0.3, 0.66, 320, "a cup in the well of its saucer"),
  "farmhouse-jug": near(0.38, 0.18, 320, "the pulled lip"),
  "flatweave-rug": near(0.4, 0.8, 360, "the woven border and the fringe"),
  "fountain-pen": near(0.5, 0.55, 340, "the nib and the first line that it wrote"),
  "garden-twine": near(0.45, 0.55, 330, "the windings on their beech spool"),
  "glass-cloche": near(0.5, 0.16, 320, "the knob and the light on the glass"),
  "hand-thrown-pot": near(0.45, 0.74, 340, "the rim and the throwing lines of the clay"),
  "hemmed-napkins": near(0.35, 0.45, 330, "the ring and the folded hems"),
  "hollin-bottle-vase": near(0.45, 0.68, 320, "the neck where it meets the shoulder"),
  "hot-water-bottle": near(0.5, 0.55, 340, "the cables of the knitted cover"),
  "hurricane-lantern": near(0.5, 0.6, 320, "the candle behind its panes"),
  "lambswool-throw": near(0.42, 0.6, 320, "the weave and the fringe"),
  "leather-gloves": near(0.5, 0.6, 360, "the seams of the palm and the suede of the cuff"),
  "letterpress-card": near(0.42, 0.42, 340, "the motif, pressed into the paper"),
  "linen-tea-towels": near(0.3, 0.6, 360, "the stripes and the hang of the linen"),
  "long-board": near(0.4, 0.2, 340, "the handle and its hole"),
  "moka-pot": near(0.62, 0.3, 330, "the facets, the knob and the handle"),
  "moon-jar": near(0.4, 0.2, 340, "the short neck and the soft shine of the glaze"),
  "opal-wall-light": near(0.45, 0.8, 320, "the bracket that holds the globe"),
  "pantry-jars": near(0.55, 0.5, 360, "the corks and what the glass keeps"),
  "paper-lantern": near(0.5, 0.45, 340, "the ribs of bamboo under the paper"),
  "paper-scissors": near(0.4, 0.74, 360, "the bows and the screw"),
  "pepper-mill": near(0.5, 0.2, 300, "the turned head and its grain"),
  "pestle-and-mortar": near(0.55, 0.35, 360, "the speckled stone and the bowl"),
  "pillar-candles": near(0.5, 0.4, 340, "the flames and the pools of wax"),
  "pleated-table-lamp": near(0.5, 0.35, 360, "the pleats with the light behind them"),
  "quilted-bedspread": near(0.42, 0.5, 360, "the stitches of the quilting"),
  "reach-desk-lamp": near(0.28, 0.25, 360, "the shade and the joint of the arm"),
  "roam-portable-lamp": near(0.48, 0.3, 340, "the light under its cap"),
  "round-teapot": near(0.45, 0.25, 340, "the knob and the gallery of the lid"),
  secateurs: near(0.6, 0.4, 340, "the blade, the spring and the screw"),
  "seed-collection": near(0.42, 0.6, 360, "the drawing on the packet"),
  "short-garden-boots": near(0.35, 0.25, 340, "the loop and the lining"),
  "spun-pendant": near(0.5, 0.42, 400, "the spun edge of the shade"),
  "striped-tablecloth": near(0.4, 0.55, 360, "the woven stripes and the hem"),
  "tape-dispenser": near(0.45, 0.45, 330, "the roll on its cast-iron body"),
  "ticking-bolster": near(0.8, 0.5, 300, "the round end and how the stripes meet"),
  "tripod-floor-lamp": near(0.62, 0.2, 380, "the linen shade on its three legs"),
  "trowel-and-fork": near(0.5, 0.5, 380, "where the steel goes into the handle"),
  "waffle-towels": near(0.4, 0.45, 320, "the squares of the weave"),
  "washed-linen-cushion": near(0.4, 0.4, 380, "the folds of the washed linen"),
  "watering-can": near(0.12, 0.14, 300, "the brass rose"),
  "whistling-kettle": near(0.6, 0.2, 340, "the grip and the lid"),
  "wide-serving-bowl": near(0.35, 0.55, 340, "the bare outside under the glazed rim"),
  "willow-trug": near(0.4, 0.7, 360, "the weave of the willow"),
  "wooden-spoons": near(0.5, 0.28, 340, "the bowls of the spoons and their grain"),
  "wrapping-paper": near(0.5, 0.4, 320, "the three patterns"),
};

/** What hangs on a wall, stands on the floor, comes from the ceiling or lies on a bed. Anything else stands on a table or lies on boards. */
export const HANGS: readonly string[] = ["canvas-apron", "hot-water-bottle", "linen-tea-towels", "opal-wall-light"];
export const ON_THE_FLOOR: readonly string[] = [
  "flatweave-rug",
  "lambswool-throw",
  "quilted-bedspread",
  "striped-tablecloth",
  "tripod-floor-lamp",
];
export const FROM_THE_CEILING: readonly string[] = ["paper-lantern", "spun-pendant"];
export const ON_A_BED: readonly string[] = ["ticking-bolster", "washed-linen-cushion"];
/** Drawn up to the edges of its picture. */
export const OUTDOORS: readonly string[] = ["bird-box"];
