/** Pots, boards, jars and tools for cooking. */
import { inCategory } from "./define.ts";

export const kitchen = inCategory("kitchen", [
  {
    code: "KIT-01",
    slug: "moka-pot",
    name: "Moka pot",
    summary: "A stove-top coffee maker with eight facets.",
    description:
      "Cast aluminium with a safety valve and a handle that stays cool. Works on gas, ceramic and camping stoves; an induction plate is sold separately.",
    details: ["3 cups (150 ml) or 6 cups (300 ml)", "Aluminium, beech handle and knob", "Rinse by hand, no detergent"],
    featured: true,
    variants: [
      [{ finish: "Steel", size: "3 cups" }, 3400, 640],
      [{ finish: "Steel", size: "6 cups" }, 4200, 520],
      [{ finish: "Ink", size: "3 cups" }, 3800, 330],
      [{ finish: "Ink", size: "6 cups" }, 4600, 280],
    ],
  },
  {
    code: "KIT-02",
    slug: "cast-iron-casserole",
    name: "Cast-iron casserole",
    summary: "A lidded enamelled pot for oven, hob and table.",
    description:
      "Heavy enough to hold a steady heat for hours. Small points under the lid drip the steam back evenly over the food.",
    details: [
      "22 cm (3.3 l) or 28 cm (6.3 l)",
      "Enamelled cast iron, brass knob",
      "All hobs and oven to 260 °C; wash by hand",
    ],
    featured: true,
    variants: [
      [{ colour: "Clay", size: "22 cm" }, 14900, 240],
      [{ colour: "Clay", size: "28 cm" }, 19900, 210],
      [{ colour: "Fern", size: "22 cm" }, 14900, 225],
      [{ colour: "Fern", size: "28 cm" }, 19900, 205],
    ],
  },
  {
    code: "KIT-03",
    slug: "cooks-knife",
    name: "Cook's knife",
    summary: "A 20 cm carbon steel blade with a full tang.",
    description:
      "Carbon steel takes a finer edge than stainless and darkens with use. It needs drying after washing and will tell you if you forget.",
    details: ["Blade 20 cm, 190 g", "Carbon steel, riveted handle", "Wash by hand, dry at once, oil now and then"],
    variants: [
      [{ handle: "Walnut" }, 9600, 240],
      [{ handle: "Ink" }, 8900, 260],
    ],
  },
  {
    code: "KIT-04",
    slug: "long-board",
    name: "Long board",
    summary: "A paddle board for cutting, carrying and serving.",
    description: "Cut from a single plank, with no glue line to open. The hole takes a hook or a loop of twine.",
    details: ["Small 38 x 16 cm, large 54 x 20 cm", "Solid oak or walnut, oiled", "Wipe, dry upright, oil monthly"],
    variants: [
      [{ finish: "Oak", size: "Small" }, 3900, 420],
      [{ finish: "Oak", size: "Large" }, 5900, 300],
      [{ finish: "Walnut", size: "Small" }, 4900, 260],
      [{ finish: "Walnut", size: "Large" }, 6900, 205],
    ],
  },
  {
    code: "KIT-05",
    slug: "pepper-mill",
    name: "Pepper mill",
    summary: "A turned mill with a steel grinder.",
    description:
      "The grinder is hardened steel and can be set from dust to cracked with the nut on top. Filled with black Kampot pepper.",
    details: ["Small 15 cm, large 28 cm", "Turned wood, hardened steel", "Keep dry; wipe with an oiled cloth"],
    variants: [
      [{ finish: "Beech", size: "Small" }, 3200, 360],
      [{ finish: "Walnut", size: "Small" }, 3600, 320],
      [{ finish: "Walnut", size: "Large" }, 5400, 215],
    ],
  },
  {
    code: "KIT-06",
    slug: "whistling-kettle",
    name: "Whistling kettle",
    summary: "A round stove-top kettle with a two-note whistle.",
    description:
      "A wide base for quick boiling and a handle set back from the steam. The whistle lifts off for filling.",
    details: ["1.8 l, 20 cm across", "Enamelled or brushed steel, beech grip", "All hobs; descale with vinegar"],
    variants: [
      [{ finish: "Chalk" }, 7900, 280],
      [{ finish: "Moss" }, 7900, 240],
      [{ finish: "Steel" }, 8400, 260],
    ],
  },
  {
    code: "KIT-07",
    slug: "pantry-jars",
    name: "Pantry jars, set of 3",
    summary: "Three straight glass jars with cork stoppers.",
    description:
      "Mouth wide enough for a measuring scoop, corks turned from a single piece. They stack when the corks are out.",
    details: ["0.5, 1 and 1.5 l", "Borosilicate glass, natural cork", "Glass dishwasher safe; wipe the corks"],
    variants: [[{ lid: "Cork" }, 4800, 460]],
  },
  {
    code: "KIT-08",
    slug: "wooden-spoons",
    name: "Wooden spoons, set of 4",
    summary: "A spoon, a spatula, a slotted spoon and a spurtle.",
    description: "Carved from offcuts of the board workshop and finished with linseed oil..",
    details: ["30 cm long", "Solid wood, linseed oil", "Wash by hand, oil when pale"],
    variants: [
      [{ finish: "Beech" }, 2400, 1500],
      [{ finish: "Walnut" }, 3200, 900],
    ],
  },
  {
    code: "KIT-09",
    slug: "pestle-and-mortar",
    name: "Pestle and mortar",
    summary: "A heavy mortar, rough inside and smooth outside.",
    description:
      "Turned from one block, four and a half kilos, so it stays put while you work. Grind a handful of rice before first use.",
    details: ["16 cm across, 4.5 kg", "Granite or marble", "Rinse with water, air dry"],
    variants: [
      [{ stone: "Granite" }, 5600, 230],
      [{ stone: "Marble" }, 6400, 210],
    ],
  },
  {
    code: "KIT-10",
    slug: "copper-saucepan",
    name: "Copper saucepan",
    summary: "Two millimetres of copper lined with steel.",
    description:
      "Copper answers the flame at once, which is what sugar and egg sauces want. The cast handle is riveted and will outlast us.",
    details: [
      "16 cm (1.5 l) or 20 cm (2.8 l)",
      "Copper, stainless lining, cast-iron handle",
      "Gas and ceramic hobs; polish or leave to darken",
    ],
    variants: [
      [{ size: "16 cm" }, 13800, 120],
      [{ size: "20 cm" }, 17800, 76],
    ],
  },
  {
    code: "KIT-11",
    slug: "enamel-colander",
    name: "Enamel colander",
    summary: "A footed colander with a contrasting rim.",
    description:
      "Stands by itself in the sink, drains fast and hangs by either handle. Enamel over steel, so it chips if dropped and never rusts if not.",
    details: ["24 cm across", "Enamelled steel", "Dishwasher safe"],
    variants: [
      [{ colour: "Chalk" }, 3400, 380],
      [{ colour: "Sky" }, 3400, 310],
      [{ colour: "Ochre" }, 3400, 0],
    ],
  },
]);
