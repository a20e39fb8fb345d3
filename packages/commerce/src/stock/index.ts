export { receiveStock, releaseStock, reserveStock } from "./stock.ts";
export type { Reservation, StockLine } from "./stock.ts";
