/** Which drawing belongs to which product. The generator stops at a product that has none. */
import type { Drawings } from "../kit/look.ts";
import { smallCeramics } from "./ceramics-small.ts";
import { tableware } from "./ceramics-tableware.ts";
import { vessels } from "./ceramics-vessels.ts";
import { gathering } from "./garden-gathering.ts";
import { growing } from "./garden-growing.ts";
import { seedPackets } from "./garden-seeds.ts";
import { shed } from "./garden-shed.ts";
import { tools } from "./garden-tools.ts";
import { boards } from "./kitchen-boards.ts";
import { brewing } from "./kitchen-brewing.ts";
import { pans } from "./kitchen-pans.ts";
import { worktop } from "./kitchen-worktop.ts";
import { candlelight } from "./lighting-candles.ts";
import { hungLights } from "./lighting-hung.ts";
import { readingLamps } from "./lighting-reading-lamps.ts";
import { tableLamps } from "./lighting-table-lamps.ts";
import { desk } from "./stationery-desk.ts";
import { desktop } from "./stationery-desktop.ts";
import { paperGoods } from "./stationery-paper.ts";
import { shelf } from "./stationery-shelf.ts";
import { cushions } from "./textiles-cushions.ts";
import { hungLinen } from "./textiles-hung.ts";
import { laidLinen } from "./textiles-linen.ts";
import { woollens } from "./textiles-wool.ts";

export const drawings: Drawings = {
  ...smallCeramics,
  ...tableware,
  ...vessels,
  ...gathering,
  ...growing,
  ...seedPackets,
  ...shed,
  ...tools,
  ...boards,
  ...brewing,
  ...pans,
  ...worktop,
  ...candlelight,
  ...hungLights,
  ...readingLamps,
  ...tableLamps,
  ...desk,
  ...desktop,
  ...paperGoods,
  ...shelf,
  ...cushions,
  ...hungLinen,
  ...laidLinen,
  ...woollens,
};
