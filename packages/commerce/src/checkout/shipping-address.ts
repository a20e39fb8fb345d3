/** Where an order goes: an address that mail can reach in a country that the shop delivers to. An unknown field is refused. */
import { line, personName } from "@tillstream/trpc/input";
import { z } from "zod";
import { COUNTRY_CODES, postalCodeProblem, tidyPostalCode } from "./postal-rules.ts";

const LINE_LENGTH_MAX = 200;

const requiredLine = (label: string) => line(LINE_LENGTH_MAX).min(1, `${label} is required`);

export const shippingAddress = z
  .strictObject({
    name: personName,
    line1: requiredLine("line1"),
    line2: line(LINE_LENGTH_MAX).optional(),
    city: requiredLine("city"),
    region: line(LINE_LENGTH_MAX).optional(),
    /** By the country's own rule: some ask for none. */
    postalCode: line(LINE_LENGTH_MAX).optional(),
    country: z.enum(COUNTRY_CODES, "a country that we deliver to, such as US"),
  })
  .transform(({ postalCode: typed, country, ...address }, { addIssue }) => {
    const postalCode = tidyPostalCode(typed ?? "", country);
    const message = postalCodeProblem(postalCode, country);
    if (message !== undefined)
      addIssue({ code: "custom", path: ["postalCode"], message, params: { rule: `postal code of ${country}` } });
    return { ...address, ...(postalCode !== "" && { postalCode }), country };
  });
