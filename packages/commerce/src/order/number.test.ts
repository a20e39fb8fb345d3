import fc from "fast-check";
import { expect, it } from "vitest";
import { orderNumber } from "./number.ts";
import { parseOrderNumber } from "./read-number.ts";

it("the number of an order is always the same, and two groups of five symbols without I, L, O and U", () => {
  expect(orderNumber("0190-abcdef1234567890")).toBe(orderNumber("0190-abcdef1234567890"));
  fc.assert(fc.property(fc.string(), (id) => /^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/.test(orderNumber(id))));
});

it("every number is read back, whichever way it is written down", () => {
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      const number = orderNumber(id);
      const written = [
        number,
        number.toLowerCase(),
        number.replace("-", ""),
        number.replace("-", " "),
        number.replace("-", "\u2013"),
        ` ${number.split("").join(" ")} `,
        number.replaceAll("0", "O").replaceAll("1", "l"),
        number.replaceAll("0", "o").replaceAll("1", "I"),
      ];
      expect(new Set(written.map(parseOrderNumber))).toEqual(new Set([number]));
    }),
  );
});

it.each(["", "7K2MQ", "7K2MQ-X40V", "7K2MQ-X40VBB", "7K2MQ-X40VU", "7K2MQ-X40V!", "ines@example.com"])(
  "%j is not the number of an order",
  (typed) => expect(parseOrderNumber(typed)).toBeUndefined(),
);
