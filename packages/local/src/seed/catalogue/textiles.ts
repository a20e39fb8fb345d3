/** Linen, wool and cotton for beds, tables and baths. */
import { inCategory } from "./define.ts";

export const textiles = inCategory("textiles", [
  {
    code: "TEX-01",
    slug: "washed-linen-cushion",
    name: "Washed linen cushion",
    summary: "A square cushion in heavy, garment-washed linen.",
    description:
      "The cover is sewn, washed and tumbled before it is filled, so it comes soft and does not shrink. Hidden zip along the bottom seam.",
    details: ["50 x 50 cm, feather filling", "100% European linen, 245 g/m²", "Cover: 40 °C wash, line dry"],
    featured: true,
    variants: [
      [{ colour: "Oat" }, 5200, 900],
      [{ colour: "Rust" }, 5200, 640],
      [{ colour: "Moss" }, 5200, 580],
      [{ colour: "Indigo" }, 5200, 520],
    ],
  },
  {
    code: "TEX-02",
    slug: "ticking-bolster",
    name: "Ticking bolster",
    summary: "A long round cushion in woven ticking stripe.",
    description:
      "The stripe is woven, not printed, so it shows on both sides of the cloth. The ends are gathered and covered with a button.",
    details: ["70 cm long, 18 cm across", "Cotton ticking, kapok filling", "Cover: 30 °C wash"],
    variants: [
      [{ stripe: "Indigo" }, 5800, 260],
      [{ stripe: "Clay" }, 5800, 230],
    ],
  },
  {
    code: "TEX-03",
    slug: "lambswool-throw",
    name: "Lambswool throw",
    summary: "A warm throw with a twisted fringe.",
    description:
      "Spun, dyed and woven within twenty miles of one river. Brushed on one side only, so one face is soft and the other is crisp.",
    details: ["140 x 190 cm, 900 g", "100% lambswool", "Air often; wool wash by hand"],
    featured: true,
    variants: [
      [{ colour: "Ochre" }, 11800, 240],
      [{ colour: "Slate" }, 11800, 220],
      [{ colour: "Rose" }, 11800, 205],
    ],
  },
  {
    code: "TEX-04",
    slug: "linen-tea-towels",
    name: "Linen tea towels, pair",
    summary: "Two glass-cloth towels with a woven border.",
    description:
      "Linen dries a glass without leaving fluff and gets better with every wash. One is striped and one is plain. Both have a loop.",
    details: ["48 x 72 cm each", "100% linen", "60 °C wash"],
    variants: [
      [{ colour: "Clay" }, 2600, 2400],
      [{ colour: "Indigo" }, 2600, 2200],
      [{ colour: "Moss" }, 2600, 2100],
    ],
  },
  {
    code: "TEX-05",
    slug: "hemmed-napkins",
    name: "Hemmed napkins, set of 4",
    summary: "Generous linen napkins with a mitred hem.",
    description: "Large enough to tuck in, with corners mitred by hand. They iron flat while damp, or not at all.",
    details: ["45 x 45 cm, set of four", "100% linen, 180 g/m²", "60 °C wash"],
    variants: [
      [{ colour: "Linen" }, 4400, 520],
      [{ colour: "Plum" }, 4400, 320],
      [{ colour: "Celadon" }, 4400, 340],
    ],
  },
  {
    code: "TEX-06",
    slug: "waffle-towels",
    name: "Waffle towel",
    summary: "A light, quick-drying towel in deep waffle weave.",
    description:
      "The honeycomb weave takes up more water than its weight suggests and dries overnight on a hook. Softens over the first three washes.",
    details: ["Hand 50 x 90 cm, bath 75 x 145 cm", "Cotton and linen", "60 °C wash, tumble low"],
    variants: [
      [{ colour: "Chalk", size: "Hand" }, 2200, 800],
      [{ colour: "Chalk", size: "Bath" }, 4800, 620],
      [{ colour: "Sky", size: "Hand" }, 2200, 540],
      [{ colour: "Sky", size: "Bath" }, 4800, 5],
    ],
  },
  {
    code: "TEX-07",
    slug: "flatweave-rug",
    name: "Flatweave rug",
    summary: "A reversible wool rug with a band at each end.",
    description:
      "Woven on a hand loom in hard-wearing wool on a cotton warp. Both sides can be used. A felt underlay is recommended on wood.",
    details: ["120 x 180 cm", "80% wool, 20% cotton", "Vacuum flat; have it washed by a specialist"],
    variants: [
      [{ colour: "Clay" }, 24800, 58],
      [{ colour: "Fern" }, 24800, 46],
      [{ colour: "Indigo" }, 24800, 40],
    ],
  },
  {
    code: "TEX-08",
    slug: "quilted-bedspread",
    name: "Quilted bedspread",
    summary: "A light quilt stitched in diamonds.",
    description:
      "Cotton percale on both sides with a thin wool filling, enough for summer alone or over a duvet in winter.",
    details: ["230 x 250 cm", "Cotton percale, wool filling", "30 °C wool wash"],
    variants: [
      [{ colour: "Chalk" }, 18600, 82],
      [{ colour: "Rose" }, 18600, 64],
      [{ colour: "Fern" }, 18600, 1],
    ],
  },
  {
    code: "TEX-09",
    slug: "canvas-apron",
    name: "Canvas apron",
    summary: "A cross-back apron with two deep pockets.",
    description:
      "The straps cross at the back and put no weight on the neck. Bar tacks at every pocket corner, leather patches where the straps are sewn on.",
    details: ["One size, 86 cm long", "12 oz cotton canvas, leather", "40 °C wash"],
    variants: [
      [{ colour: "Indigo" }, 6400, 360],
      [{ colour: "Tan" }, 6400, 320],
      [{ colour: "Moss" }, 6400, 300],
    ],
  },
  {
    code: "TEX-10",
    slug: "striped-tablecloth",
    name: "Striped tablecloth",
    summary: "A table-length cloth with a broad woven border.",
    description:
      "Woven full width, without a seam down the middle. Falls about 30 cm over the edge of a six-seat table.",
    details: ["160 x 260 cm", "55% linen, 45% cotton", "60 °C wash, iron damp"],
    variants: [
      [{ colour: "Sky" }, 9200, 230],
      [{ colour: "Ochre" }, 9200, 215],
    ],
  },
  {
    code: "TEX-11",
    slug: "hot-water-bottle",
    name: "Knitted hot water bottle",
    summary: "A two-litre bottle in a cable-knit cover.",
    description:
      "The cover is knitted from lambswool offcuts and fastens with two buttons at the back. The bottle is natural rubber and is tested for leaks.",
    details: ["2 l, 35 cm long", "Lambswool cover, natural rubber bottle", "Wash the cover by hand"],
    variants: [
      [{ colour: "Oat" }, 3600, 420],
      [{ colour: "Rust" }, 3600, 380],
      [{ colour: "Slate" }, 3600, 360],
    ],
  },
]);
