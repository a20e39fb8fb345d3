/** Lamps, lanterns and candles. */
import { inCategory } from "./define.ts";

export const lighting = inCategory("lighting", [
  {
    code: "LIG-01",
    slug: "cap-table-lamp",
    name: "Cap table lamp",
    summary: "A spun steel dome on a slim stem, dimmed by touch.",
    description:
      "The dome hides the bulb from every seat in the room and throws a pool of light on the table. A touch on the stem steps through three levels.",
    details: [
      "42 cm tall, dome 30 cm across",
      "Powder-coated steel; E27, 8 W LED included",
      "2 m cloth cable, in-line plug",
    ],
    featured: true,
    variants: [
      [{ colour: "Chalk" }, 14900, 230],
      [{ colour: "Clay" }, 14900, 260],
      [{ colour: "Moss" }, 14900, 210],
    ],
  },
  {
    code: "LIG-02",
    slug: "pleated-table-lamp",
    name: "Pleated table lamp",
    summary: "A turned ceramic base under a hand-pleated linen shade.",
    description:
      "The shade is pleated by hand over a wire frame and can be taken off to brush. The base is weighted with sand, so it does not tip.",
    details: [
      "Small 36 cm, large 52 cm tall",
      "Glazed stoneware, linen; E27, bulb not included",
      "Brush the shade with a dry, soft brush",
    ],
    variants: [
      [{ colour: "Indigo", size: "Small" }, 11900, 205],
      [{ colour: "Indigo", size: "Large" }, 16900, 88],
      [{ colour: "Ochre", size: "Small" }, 11900, 240],
      [{ colour: "Ochre", size: "Large" }, 16900, 72],
    ],
  },
  {
    code: "LIG-03",
    slug: "reach-desk-lamp",
    name: "Reach desk lamp",
    summary: "A balanced two-arm desk lamp that stays where you leave it.",
    description:
      "Two pairs of springs hold the arms at any height. The joints can be tightened with a coin, and every part can be ordered again.",
    details: ["Reach 78 cm, base 18 cm across", "Steel and brass; E27, up to 40 W", "2 m cable with foot switch"],
    featured: true,
    variants: [
      [{ finish: "Ink" }, 18900, 240],
      [{ finish: "Brass" }, 21900, 205],
      [{ finish: "Moss" }, 18900, 215],
    ],
  },
  {
    code: "LIG-04",
    slug: "tripod-floor-lamp",
    name: "Tripod floor lamp",
    summary: "Three tapered legs and a drum shade in natural linen.",
    description:
      "The legs fold flat for moving. The shade sits at reading height beside a chair and gives a soft, even light up and down.",
    details: [
      "148 cm tall, shade 45 cm across",
      "Solid wood, linen; E27, bulb not included",
      "Oil the legs once a year",
    ],
    variants: [
      [{ finish: "Oak" }, 24900, 64],
      [{ finish: "Walnut" }, 27900, 41],
    ],
  },
  {
    code: "LIG-05",
    slug: "spun-pendant",
    name: "Spun pendant",
    summary: "A wide, shallow pendant spun from a single steel disc.",
    description:
      "Made for hanging low over a table. The inside is always white, whatever the outside, so the light stays warm.",
    details: ["40 cm across, 1.8 m cable", "Powder-coated steel; E27, up to 60 W", "Wipe with a damp cloth"],
    variants: [
      [{ colour: "Ink" }, 12900, 280],
      [{ colour: "Clay" }, 12900, 250],
      [{ colour: "Celadon" }, 12900, 220],
      [{ colour: "Ochre" }, 12900, 2],
    ],
  },
  {
    code: "LIG-06",
    slug: "paper-lantern",
    name: "Paper lantern",
    summary: "A ribbed lantern in mulberry paper.",
    description:
      "Washi over a spiral of split bamboo. It ships flat and opens in a minute. The larger one suits a stairwell.",
    details: ["40 cm or 60 cm across", "Mulberry paper, bamboo, steel frame", "Feather duster only"],
    variants: [
      [{ size: "40 cm" }, 3900, 900],
      [{ size: "60 cm" }, 5900, 620],
    ],
  },
  {
    code: "LIG-07",
    slug: "opal-wall-light",
    name: "Opal wall light",
    summary: "A mouth-blown opal globe on a plain bracket.",
    description:
      "Three layers of glass make the globe glow evenly with no bright spot. Rated for bathrooms when mounted globe up.",
    details: [
      "Globe 16 cm, depth 21 cm, IP44",
      "Opal glass, solid brass or steel; G9, 4 W",
      "Hard-wired; fit by an electrician",
    ],
    variants: [
      [{ finish: "Brass" }, 13400, 210],
      [{ finish: "Steel" }, 11900, 225],
      [{ finish: "Ink" }, 11900, 0],
    ],
  },
  {
    code: "LIG-08",
    slug: "hurricane-lantern",
    name: "Hurricane lantern",
    summary: "A glazed lantern for a candle, indoors or out.",
    description:
      "Four panes slide out for cleaning and the roof vents the heat. The ring folds down when it stands on a table.",
    details: ["34 cm tall, 16 cm square", "Coated steel or brass, glass", "For candles up to 8 cm across"],
    variants: [
      [{ finish: "Ink" }, 6900, 310],
      [{ finish: "Brass" }, 8900, 240],
    ],
  },
  {
    code: "LIG-09",
    slug: "roam-portable-lamp",
    name: "Roam portable lamp",
    summary: "A rechargeable lamp for the garden table or the bedside.",
    description:
      "Twelve hours on the middle setting, four hours to charge by USB-C. The battery can be replaced with one screw.",
    details: ["26 cm tall, 780 g", "Aluminium, acrylic diffuser; IP54", "USB-C cable included"],
    variants: [
      [{ colour: "Chalk" }, 9800, 1200],
      [{ colour: "Rust" }, 9800, 950],
      [{ colour: "Sky" }, 9800, 880],
    ],
  },
  {
    code: "LIG-10",
    slug: "pillar-candles",
    name: "Pillar candles, set of 3",
    summary: "Three poured candles that burn level.",
    description:
      "Poured in small batches with a cotton wick. The three together burn for about 130 hours and do not drip out of a draught.",
    details: ["8, 12 and 18 cm tall, 7 cm across", "Pure beeswax or beeswax and rapeseed", "Trim the wick to 5 mm"],
    variants: [
      [{ wax: "Beeswax" }, 4200, 700],
      [{ wax: "Chalk" }, 3600, 640],
    ],
  },
]);
