/** The order of somebody who is made up. */
import type { PlaceOrderInput } from "../checkout/index.ts";

export function guestOrder(lines: NonNullable<PlaceOrderInput["lines"]>, token = "tok_visa"): PlaceOrderInput {
  return {
    lines,
    email: "robin.example@example.com",
    shippingAddress: {
      name: "Robin Example",
      line1: "12 Market Street",
      city: "Springfield",
      postalCode: "12345",
      country: "US",
    },
    payment: { method: "card", token },
  };
}
