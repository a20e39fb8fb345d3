/** Paper, ink and the things a desk needs. */
import { inCategory } from "./define.ts";

export const stationery = inCategory("stationery", [
  {
    code: "STA-01",
    slug: "cloth-notebook",
    name: "Cloth notebook",
    summary: "A sewn notebook in book cloth that lies flat.",
    description:
      "Sixteen sections sewn through the fold, so it opens flat at any page. 192 pages of 100 g paper that takes fountain pen without bleeding.",
    details: ["A5, 192 pages, ruled", "Book cloth, acid-free paper", "Ribbon marker, pocket at the back"],
    featured: true,
    variants: [
      [{ colour: "Clay" }, 1900, 2800],
      [{ colour: "Indigo" }, 1900, 2600],
      [{ colour: "Moss" }, 1900, 2400],
      [{ colour: "Oat" }, 1900, 2200],
    ],
  },
  {
    code: "STA-02",
    slug: "letterpress-card",
    name: "Letterpress card",
    summary: "A single card printed by hand, with an envelope.",
    description: "Printed on a 1930s platen press deep enough to feel with a thumb. Blank inside.",
    details: ["11 x 15 cm, with envelope", "Cotton paper, 600 g/m²", "Sold singly"],
    featured: true,
    variants: [
      [{ motif: "Fern" }, 450, 3600],
      [{ motif: "Pear" }, 450, 3200],
      [{ motif: "Sun" }, 450, 3000],
    ],
  },
  {
    code: "STA-03",
    slug: "fountain-pen",
    name: "Fountain pen",
    summary: "A slim resin pen with a steel nib.",
    description:
      "Takes cartridges or the included converter. The nib unscrews, so it can be swapped or cleaned without tools.",
    details: ["13.6 cm, 18 g", "Cast resin, steel nib (F or M on request)", "Flush with water once a month"],
    variants: [
      [{ colour: "Ink" }, 4800, 340],
      [{ colour: "Rust" }, 4800, 300],
      [{ colour: "Fern" }, 4800, 280],
    ],
  },
  {
    code: "STA-04",
    slug: "cedar-pencils",
    name: "Cedar pencils, set of 6",
    summary: "Six round pencils in graded colours, HB.",
    description:
      "Incense cedar sharpens cleanly and smells of it. Lacquered in six tones of one family and left bare at the end.",
    details: ["HB, 17.5 cm", "Incense cedar, graphite", "Set of six in a paper sleeve"],
    variants: [
      [{ palette: "Earth" }, 1200, 2200],
      [{ palette: "Sea" }, 1200, 2000],
    ],
  },
  {
    code: "STA-05",
    slug: "bottled-ink",
    name: "Bottled ink",
    summary: "Fountain pen ink in a faceted bottle.",
    description:
      "A dye-based ink that shades with the pressure of the hand and washes out of a pen with plain water. The bottle is wide enough for any section.",
    details: ["40 ml", "Glass bottle, cork-lined cap", "Safe for all fountain pens"],
    variants: [
      [{ colour: "Ink" }, 1600, 900],
      [{ colour: "Indigo" }, 1600, 820],
      [{ colour: "Fern" }, 1600, 640],
      [{ colour: "Rust" }, 1600, 600],
    ],
  },
  {
    code: "STA-06",
    slug: "desk-tray",
    name: "Desk tray",
    summary: "A shallow wooden tray with three wells.",
    description:
      "Milled from a solid board. One long well for pens, one square for clips and one round for whatever is in your pockets.",
    details: ["28 x 14 cm, 2.2 cm deep", "Solid oak or walnut, hard wax oil", "Wipe with a dry cloth"],
    variants: [
      [{ finish: "Oak" }, 5200, 240],
      [{ finish: "Walnut" }, 6200, 210],
    ],
  },
  {
    code: "STA-07",
    slug: "wrapping-paper",
    name: "Wrapping paper, 3 rolls",
    summary: "Three rolls printed in two colours.",
    description:
      "Uncoated paper that creases sharply and can be recycled. Three rolls of two metres in patterns that sit well together.",
    details: ["3 rolls, 50 cm x 2 m", "Recycled paper, 90 g/m²", "Vegetable inks"],
    variants: [
      [{ palette: "Orchard" }, 1400, 1100],
      [{ palette: "Harbour" }, 1400, 980],
    ],
  },
  {
    code: "STA-08",
    slug: "paper-scissors",
    name: "Paper scissors",
    summary: "Forged scissors with a long, fine blade.",
    description:
      "Hot-forged and ground by one person from start to end. The screw can be tightened when, after some years, it needs it.",
    details: ["20 cm, blade 9 cm", "Carbon steel; brass or blacked handles", "Keep dry; a drop of oil at the pivot"],
    variants: [
      [{ finish: "Brass" }, 4600, 260],
      [{ finish: "Ink" }, 3900, 290],
    ],
  },
  {
    code: "STA-09",
    slug: "archive-box",
    name: "Archive box",
    summary: "A lidded box in book cloth with a brass label frame.",
    description:
      "Made like the covers of our notebooks, over 3 mm board. Holds a year of A4 papers, or letters, or seeds.",
    details: ["33 x 24 x 11 cm", "Book cloth over board, brass frame", "Acid-free lining"],
    variants: [
      [{ colour: "Slate" }, 3800, 330],
      [{ colour: "Rose" }, 3800, 300],
      [{ colour: "Fern" }, 3800, 5],
    ],
  },
  {
    code: "STA-10",
    slug: "tape-dispenser",
    name: "Tape dispenser",
    summary: "A cast-iron dispenser that stays put with one hand.",
    description:
      "One and a half kilos on a cork foot, so a strip of tape takes one hand. Fits rolls with a small or a large core.",
    details: ["14 cm long, 1.5 kg", "Cast iron, steel blade, cork foot", "Takes tape up to 25 mm"],
    variants: [
      [{ colour: "Ink" }, 3400, 250],
      [{ colour: "Clay" }, 3400, 230],
    ],
  },
]);
