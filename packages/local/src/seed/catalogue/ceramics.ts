/** Thrown, pressed and glazed: the ceramics on Fernhill's shelves. */
import { inCategory } from "./define.ts";

export const ceramics = inCategory("ceramics", [
  {
    code: "CER-01",
    slug: "hollin-bottle-vase",
    name: "Hollin bottle vase",
    summary: "A tall, narrow-necked vase for one or two branches.",
    description:
      "Thrown in two parts and joined at the shoulder. The neck is 28 mm wide inside, so a single branch stands upright without a frog. Watertight without a liner.",
    details: [
      "31 cm tall, 13 cm across",
      "Stoneware, matte glaze outside, clear glaze inside",
      "Wipe clean; rinse the inside with a bottle brush",
    ],
    featured: true,
    variants: [
      [{ colour: "Oat" }, 6800, 320],
      [{ colour: "Clay" }, 6800, 260],
      [{ colour: "Ink" }, 7200, 240],
    ],
  },
  {
    code: "CER-02",
    slug: "moon-jar",
    name: "Moon jar",
    summary: "A round jar with a short neck, thrown as two bowls.",
    description:
      "Two bowls are thrown and joined rim to rim, which leaves a soft line around the belly. No two are quite round. Holds water, though we like it empty.",
    details: ["Small 18 cm, large 27 cm across", "White stoneware, satin glaze", "Dust with a dry cloth"],
    variants: [
      [{ colour: "Chalk", size: "Small" }, 8400, 210],
      [{ colour: "Chalk", size: "Large" }, 14800, 96],
      [{ colour: "Celadon", size: "Large" }, 15600, 3],
    ],
  },
  {
    code: "CER-03",
    slug: "dipped-mug",
    name: "Dipped mug",
    summary: "An everyday mug, glazed to two thirds and left bare below.",
    description:
      "Each mug is held by the foot and dipped once, so the glaze line sits a little differently every time. The handle takes three fingers. It holds 340 ml to the brim.",
    details: ["9.5 cm tall, 8.5 cm across, 340 ml", "Speckled stoneware", "Dishwasher and microwave safe"],
    featured: true,
    variants: [
      [{ colour: "Oat" }, 2400, 2600],
      [{ colour: "Moss" }, 2400, 2400],
      [{ colour: "Indigo" }, 2400, 2200],
      [{ colour: "Clay" }, 2400, 2000],
    ],
  },
  {
    code: "CER-04",
    slug: "coupe-dinner-plate",
    name: "Coupe dinner plate",
    summary: "A rimless plate with a gentle rise at the edge.",
    description:
      "Pressed in one piece with a shallow curve that keeps sauces in. The unglazed foot ring is ground smooth so that plates stack without scratching. Sold singly.",
    details: ["26 cm across, 2.5 cm high", "Stoneware, satin glaze", "Dishwasher and oven safe to 200 °C"],
    variants: [
      [{ colour: "Chalk" }, 2800, 640],
      [{ colour: "Celadon" }, 2800, 420],
      [{ colour: "Slate" }, 2800, 380],
    ],
  },
  {
    code: "CER-05",
    slug: "wide-serving-bowl",
    name: "Wide serving bowl",
    summary: "A low, open bowl for salad, fruit or bread.",
    description:
      "Wide enough for two lettuces and low enough to see over. The outside is left bare and the inside carries the colour.",
    details: ["Medium 26 cm, large 34 cm across", "Bare stoneware, gloss glaze inside", "Dishwasher safe"],
    variants: [
      [{ colour: "Chalk", size: "Medium" }, 5800, 230],
      [{ colour: "Chalk", size: "Large" }, 7900, 205],
      [{ colour: "Indigo", size: "Medium" }, 5800, 220],
      [{ colour: "Indigo", size: "Large" }, 7900, 4],
    ],
  },
  {
    code: "CER-06",
    slug: "farmhouse-jug",
    name: "Farmhouse jug",
    summary: "A generous pouring jug that doubles as a vase.",
    description:
      "The lip is pulled by hand and cuts off cleanly. It holds just over a litre and a half and stands steady with flowers in it.",
    details: ["22 cm tall, 1.6 l", "Stoneware, gloss glaze", "Dishwasher safe"],
    variants: [
      [{ colour: "Chalk" }, 5400, 340],
      [{ colour: "Ochre" }, 5400, 280],
      [{ colour: "Celadon" }, 5400, 215],
    ],
  },
  {
    code: "CER-07",
    slug: "round-teapot",
    name: "Round teapot",
    summary: "A four-cup teapot with a built-in strainer.",
    description:
      "The strainer holes are pierced behind the spout before firing, with no basket to lose. The lid has a deep gallery and stays on when you pour.",
    details: ["900 ml, 14 cm tall with lid", "Stoneware, gloss glaze", "Rinse with water only, to keep the seasoning"],
    featured: true,
    variants: [
      [{ colour: "Celadon" }, 8800, 260],
      [{ colour: "Tenmoku" }, 8800, 240],
      [{ colour: "Chalk" }, 8800, 225],
    ],
  },
  {
    code: "CER-08",
    slug: "espresso-cups",
    name: "Espresso cups, pair",
    summary: "Two small cups on saucers with a turned foot.",
    description:
      "Thick enough to keep the heat, thin enough at the lip to drink from. The saucer well fits the foot so that nothing slides on the way to the table.",
    details: ["80 ml each, saucers 12 cm", "Stoneware, satin glaze", "Dishwasher safe"],
    variants: [
      [{ colour: "Rose" }, 3800, 300],
      [{ colour: "Slate" }, 3800, 270],
      [{ colour: "Oat" }, 3800, 310],
    ],
  },
  {
    code: "CER-09",
    slug: "bud-vase-trio",
    name: "Bud vase trio",
    summary: "Three small vases of different heights, glazed as a family.",
    description: "A bottle, a drop and a bead, made to stand together on a window sill. Each takes one to three stems.",
    details: ["6, 9 and 13 cm tall", "Porcelain, matte glaze", "Wipe clean"],
    variants: [
      [{ palette: "Meadow" }, 4600, 400],
      [{ palette: "Dusk" }, 4600, 360],
    ],
  },
  {
    code: "CER-10",
    slug: "chamber-candlestick",
    name: "Chamber candlestick",
    summary: "A saucer candlestick with a finger loop.",
    description:
      "The old bedside form: a broad saucer to catch the wax and a loop to carry it by. Takes a standard 22 mm taper; one is included.",
    details: ["14 cm across, 6 cm tall", "Stoneware, satin glaze", "Warm water lifts the wax"],
    variants: [
      [{ colour: "Moss" }, 3200, 240],
      [{ colour: "Chalk" }, 3200, 220],
      [{ colour: "Rust" }, 3200, 0],
    ],
  },
]);
