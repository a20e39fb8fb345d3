/** Tools, pots and shelter for a small garden. */
import { inCategory } from "./define.ts";

export const garden = inCategory("garden", [
  {
    code: "GAR-01",
    slug: "watering-can",
    name: "Long-reach watering can",
    summary: "A balanced can with a long spout and a brass rose.",
    description:
      "The long spout reaches the back of the border and the high handle keeps it level when full. The rose points up, so that the water falls like rain.",
    details: ["5 l, 62 cm long", "Galvanised steel, brass rose", "Empty before frost"],
    featured: true,
    variants: [
      [{ finish: "Moss" }, 5800, 320],
      [{ finish: "Zinc" }, 5400, 360],
      [{ finish: "Clay" }, 5800, 240],
    ],
  },
  {
    code: "GAR-02",
    slug: "hand-thrown-pot",
    name: "Hand-thrown pot",
    summary: "A terracotta pot with a rolled rim and a saucer.",
    description:
      "Fired hot enough to stand frost. Thrown rather than pressed, so the wall breathes and roots do not cook in August.",
    details: [
      "12, 18 or 24 cm across, with saucer",
      "Terracotta, frost-proof to -15 °C",
      "Scrub and soak before replanting",
    ],
    featured: true,
    variants: [
      [{ size: "12 cm" }, 1400, 2600],
      [{ size: "18 cm" }, 2400, 1800],
      [{ size: "24 cm" }, 3800, 640],
    ],
  },
  {
    code: "GAR-03",
    slug: "trowel-and-fork",
    name: "Trowel and fork",
    summary: "A pair of hand tools forged in one piece with the tang.",
    description:
      "The neck is where cheap trowels bend, so ours is forged, not welded. Ash handles, each with a loop to hang it by.",
    details: ["32 cm long each", "Forged carbon steel, oiled wood", "Clean, dry, oil in autumn"],
    variants: [
      [{ handle: "Ash" }, 4800, 340],
      [{ handle: "Walnut" }, 5400, 220],
    ],
  },
  {
    code: "GAR-04",
    slug: "secateurs",
    name: "Secateurs",
    summary: "Bypass secateurs for stems up to 20 mm.",
    description:
      "A sharp blade passes a blunt hook, which cuts green wood without crushing it. Every part can be replaced.",
    details: ["21 cm, 240 g", "Hardened steel, coated aluminium", "Wipe with oil after use"],
    variants: [
      [{ grip: "Clay" }, 5900, 280],
      [{ grip: "Moss" }, 5900, 260],
    ],
  },
  {
    code: "GAR-05",
    slug: "leather-gloves",
    name: "Leather garden gloves",
    summary: "Goatskin gloves with a long cuff against thorns.",
    description:
      "Soft enough to pick up a seed, tough enough for roses. The cuff is split suede and covers half the forearm.",
    details: ["Sizes S, M and L", "Goatskin palm, suede cuff", "Wash by hand, dry away from heat"],
    variants: [
      [{ colour: "Tan", size: "S" }, 3400, 210],
      [{ colour: "Tan", size: "M" }, 3400, 420],
      [{ colour: "Tan", size: "L" }, 3400, 380],
      [{ colour: "Fern", size: "M" }, 3400, 260],
    ],
  },
  {
    code: "GAR-06",
    slug: "willow-trug",
    name: "Willow trug",
    summary: "A woven basket with a bent handle for the day's picking.",
    description:
      "Woven from home-grown willow, buff or brown with the bark left on. Lined with nothing, so it can be hosed down.",
    details: ["44 x 30 cm, 28 cm high with handle", "Willow, ash handle", "Keep dry, out of full sun"],
    variants: [
      [{ willow: "Buff" }, 4600, 240],
      [{ willow: "Brown" }, 4600, 205],
    ],
  },
  {
    code: "GAR-07",
    slug: "bird-box",
    name: "Bird box",
    summary: "A nest box for tits and sparrows, cleaned from the front.",
    description:
      "Untreated cedar lasts twenty years outdoors. The 32 mm hole suits great tits and keeps out anything larger; the front swings open in autumn.",
    details: ["29 cm tall, hole 32 mm", "Untreated or limewashed cedar", "Clean out in October"],
    variants: [
      [{ finish: "Cedar" }, 3600, 320],
      [{ finish: "Moss" }, 3900, 260],
      [{ finish: "Chalk" }, 3900, 240],
    ],
  },
  {
    code: "GAR-08",
    slug: "garden-twine",
    name: "Garden twine",
    summary: "A spool of soft jute that feeds from the middle.",
    description:
      "Three-ply jute that holds a knot wet or dry and rots down on the compost with the beans. The spool has a blade in its top.",
    details: ["100 m on a beech spool", "Jute, beech, steel", "Refills fit"],
    variants: [
      [{ colour: "Jute" }, 900, 2400],
      [{ colour: "Fern" }, 900, 2100],
      [{ colour: "Clay" }, 900, 2000],
    ],
  },
  {
    code: "GAR-09",
    slug: "seed-collection",
    name: "Seed collection",
    summary: "Three packets chosen to sow in one bed.",
    description:
      "Open-pollinated seed from three small growers, enough for two square metres. Sowing notes are printed inside the sleeve.",
    details: ["3 packets", "Open-pollinated, untreated seed", "Sow within two years"],
    variants: [
      [{ collection: "Meadow" }, 1100, 1600],
      [{ collection: "Salad" }, 1100, 1400],
      [{ collection: "Herbs" }, 1100, 1500],
    ],
  },
  {
    code: "GAR-10",
    slug: "short-garden-boots",
    name: "Short garden boots",
    summary: "Ankle boots to slip on at the back door.",
    description:
      "Natural rubber on a cork footbed, with a heel tab so that they come on and off without hands. True to size.",
    details: ["EU 36 to 46", "Natural rubber, cork footbed", "Rinse and dry away from heat"],
    variants: [
      [{ colour: "Fern" }, 6800, 300],
      [{ colour: "Ink" }, 6800, 280],
      [{ colour: "Ochre" }, 6800, 215],
    ],
  },
  {
    code: "GAR-11",
    slug: "glass-cloche",
    name: "Glass cloche",
    summary: "A bell of recycled glass to bring seedlings on early.",
    description: "Set it over a row two weeks before sowing and the soil is warm. The knob lifts it clear in one hand.",
    details: ["Small 24 cm, large 36 cm tall", "Recycled glass", "Store where it cannot be kicked"],
    variants: [
      [{ size: "Small" }, 4200, 220],
      [{ size: "Large" }, 6400, 84],
    ],
  },
]);
