/** The merchant's correction of an address, in the customer's hands: the country stays, since delivery and tax went by it. */
import { command, Refusal, refuse } from "@tillstream/eventing";
import type { CommandContext } from "@tillstream/eventing";
import { loadDestination } from "../order/index.ts";
import { correctAddress } from "./correct-address.ts";
import type { Correction } from "./correct-address.ts";

const REASON = "The customer corrected the address.";

/** That the caller may decide about the order is checked before. */
export function correctOwnAddress(
  context: CommandContext,
  correction: Omit<Correction, "reason">,
): ReturnType<typeof correctAddress> {
  const { orderId, shippingAddress, expectedVersion } = correction;
  const spec = { scope: `orders.correctAddress/${orderId}`, input: { shippingAddress, expectedVersion } };
  return command(context, spec, async (db) => {
    const { country } = (await loadDestination(db, orderId)).address;
    if (country !== shippingAddress["country"]) throw otherCountry(country);
    return correctAddress({ ...context, db }, { ...correction, reason: REASON }).catch(withoutStaff);
  });
}

function otherCountry(country = "") {
  const message = `Delivery and tax of this order were worked out for ${country || "another country"}. Cancel it, and order again to send it elsewhere.`;
  return refuse("conflict", "COUNTRY_STAYS", message, {
    fields: [{ field: "shippingAddress.country", rule: `= ${country}`, message }],
  });
}

/** Who of the shop was faster is not the customer's business. */
function withoutStaff(error: unknown): never {
  if (!(error instanceof Refusal) || error.code !== "ADDRESS_CHANGED") throw error;
  throw refuse(
    "conflict",
    "ADDRESS_CHANGED",
    "The address was corrected meanwhile, so nothing of yours was saved. Look at it once more before you go on.",
  );
}
