/** The parts of `npm run bench`, in their order: from what is measured alone to the whole system. */
import { benchBesideIdle } from "./beside-idle.ts";
import { benchBuses } from "./buses.ts";
import { benchByHand } from "./by-hand.ts";
import { benchCommands } from "./commands.ts";
import { benchCommitToHandler } from "./commit-to-handler.ts";
import { benchDelivery, benchSizes } from "./delivery.ts";
import { benchHistory } from "./history.ts";
import { benchSeeded } from "./lists.ts";
import { benchOverHttp } from "./over-http.ts";
import { benchRebuildUnderTraffic } from "./rebuild.ts";
import type { Part } from "./run-parts.ts";
import { benchSagas } from "./sagas.ts";
import { benchShoppers } from "./shoppers.ts";
import { benchVitals } from "./vitals.ts";

export const PART_NAMES = [
  "commands",
  "history",
  "rebuild",
  "handler",
  "delivery",
  "idle",
  "sagas",
  "by-hand",
  "sizes",
  "buses",
  "http",
  "shoppers",
  "vitals",
  "lists",
] as const;
/** Those that start the whole system. */
export const WHOLE_SYSTEM: readonly PartName[] = ["http", "shoppers", "vitals"];
export type PartName = (typeof PART_NAMES)[number];

export interface BenchOptions {
  /** Of each pair. */
  readonly rounds: number;
  /** The length of a round. */
  readonly milliseconds: number;
  /** Orders a second while the delay of events is measured over HTTP. */
  readonly pacedPerSecond: number;
  /** The history of the rebuild under traffic, a multiple of 4. */
  readonly rebuildEvents: number;
  /** How long a transaction idles beside events. */
  readonly idleMinutes: number;
  /** How long the shoppers go on. */
  readonly shopMinutes: number;
  readonly log: (line: string) => void;
}

export function partsOf({
  rounds,
  milliseconds,
  pacedPerSecond,
  rebuildEvents,
  idleMinutes,
  shopMinutes,
  log,
}: BenchOptions): Part[] {
  const measures: Record<PartName, Part["measure"]> = {
    commands: () => benchCommands({ rounds, milliseconds }),
    history: () => benchHistory({ rounds, milliseconds }),
    rebuild: () => benchRebuildUnderTraffic(rebuildEvents),
    handler: () => benchCommitToHandler({ rounds, milliseconds }),
    delivery: () => benchDelivery(),
    idle: () => benchBesideIdle(idleMinutes),
    sagas: () => benchSagas(rounds),
    "by-hand": () => benchByHand({ rounds, milliseconds }),
    sizes: () => benchSizes(),
    buses: () => benchBuses(log),
    http: () => benchOverHttp({ milliseconds: milliseconds * rounds, pacedPerSecond }),
    shoppers: () => benchShoppers(shopMinutes),
    vitals: () => benchVitals(rounds),
    lists: () => benchSeeded(rounds, log),
  };
  return PART_NAMES.map((name) => ({ name, measure: measures[name] }));
}
