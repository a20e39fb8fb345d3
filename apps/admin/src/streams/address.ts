/** What the page of a stream shows, as in its address: one definition for server, browser and links. */
import { createLoader, createSerializer, parseAsString } from "nuqs/server";
import { versionNumber } from "../console/address.ts";

export const streamAddress = {
  /** A version or an instant: where one stands. Without it, now. */
  at: parseAsString,
  /** The version that this is compared with. */
  with: parseAsString,
  /** The page of the ledger begins after this version. Without it, the one with the place where one stands. */
  after: versionNumber,
};

export const loadStreamAddress = createLoader(streamAddress);
/** With the `?`; empty when nothing is set. */
export const streamQuery = createSerializer(streamAddress);
