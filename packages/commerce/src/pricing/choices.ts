/** What a shopper chooses that changes the price, as it is sent. */
import { identifier } from "@tillstream/trpc/input";
import { z } from "zod";
import { deliveryMethod } from "../order/index.ts";
import { TAXED_COUNTRIES } from "./tax.ts";

const CODE_LENGTH_MAX = 40;

const discountCode = identifier(CODE_LENGTH_MAX);

/** Of a quote. An order says the first two by its address. */
export const priceChoices = {
  country: z.enum(TAXED_COUNTRIES, "a country that the shop delivers to").optional(),
  delivery: deliveryMethod.optional(),
  discountCode: discountCode.optional(),
};
