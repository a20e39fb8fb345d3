export { receiveStock, releaseStock, reserveStock } from "./stock.ts";
