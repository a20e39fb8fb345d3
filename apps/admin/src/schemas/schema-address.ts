/** What the list of versions shows, as in the address. */
import { exact, otherwise } from "../console/address.ts";

export const schemaAddress = {
  /** The row that is open, by its key. */
  open: otherwise(exact(), ""),
};
