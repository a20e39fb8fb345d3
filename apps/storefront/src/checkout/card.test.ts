import { describe, expect, it } from "vitest";
import { brandOf, cardWords, checkCard, tidyCard, type Card, type CardField } from "./card.ts";
import { TEST_CARDS, tokenOf } from "./card-token.ts";

const TODAY = new Date(2026, 10, 30);
const GOOD: Card = { cardNumber: "4242 4242 4242 4242", cardExpiry: "11/26", cardCvc: "123", cardName: "Ines Moreau" };

describe("a card", () => {
  it.each([
    [{}, []],
    [{ cardNumber: "4242-4242-4242-4242" }, []],
    [{ cardNumber: "378282246310005", cardCvc: "1234" }, []],
    [{ cardNumber: "378282246310005" }, ["cardCvc"]],
    [{ cardNumber: "4242 4242 4242 4243" }, ["cardNumber"]],
    [{ cardNumber: "4242" }, ["cardNumber"]],
    [{ cardNumber: "0000 0000 0000 0000 0000" }, ["cardNumber"]],
    [{ cardNumber: "my card" }, ["cardNumber"]],
    [{ cardNumber: "" }, ["cardNumber"]],
    [{ cardExpiry: "10/26" }, ["cardExpiry"]],
    [{ cardExpiry: "12 / 2026" }, []],
    [{ cardExpiry: "1226" }, []],
    [{ cardExpiry: "13/30" }, ["cardExpiry"]],
    [{ cardExpiry: "12/99" }, ["cardExpiry"]],
    [{ cardExpiry: "soon" }, ["cardExpiry"]],
    [{ cardCvc: "12" }, ["cardCvc"]],
    [{ cardCvc: "12a" }, ["cardCvc"]],
    [{ cardName: "\u200b" }, ["cardName"]],
  ] satisfies [Partial<Card>, CardField[]][])("%j is asked for %j", (change, wrong) => {
    expect(Object.keys(checkCard({ ...GOOD, ...change }, TODAY))).toEqual(wrong);
  });

  it("is good until the end of its month", () => {
    expect(checkCard(GOOD, new Date(2026, 10, 30, 23, 59))).toEqual({});
    expect(checkCard(GOOD, new Date(2026, 11, 1)).cardExpiry).toBe("This card has expired. Enter another one");
  });

  it("is written as on the card once its field is left, and what cannot be one stays as typed", () => {
    expect(tidyCard("cardNumber", "4242424242424242")).toBe("4242 4242 4242 4242");
    expect(tidyCard("cardNumber", "378282246310005")).toBe("3782 822463 10005");
    expect(tidyCard("cardNumber", "4242x")).toBe("4242x");
    expect(tidyCard("cardExpiry", "1 / 2030")).toBe("01/30");
    expect(tidyCard("cardExpiry", "1/3")).toBe("1/3");
    expect(tidyCard("cardCvc", "123")).toBe("123");
  });

  it("is called by its brand and its last digits", () => {
    expect(["5555 5555", "2720 99", "6011", "9999"].map(brandOf)).toEqual([
      "Mastercard",
      "Mastercard",
      "Discover",
      undefined,
    ]);
    expect(cardWords(GOOD)).toBe("Visa ending 4242");
    expect(cardWords({ ...GOOD, cardNumber: "9999 1234" })).toBe("Card ending 1234");
  });
});

describe("the exchange of a number for its token", () => {
  it("knows the test numbers however they are written, each of them a number that a card can have", () => {
    for (const { number, token } of TEST_CARDS) {
      expect(tokenOf(number.replaceAll(" ", ""))).toBe(token);
      expect(checkCard({ ...GOOD, cardNumber: number }, TODAY)).toEqual({});
    }
  });

  it("gives a token that no gateway knows for any other number, and nothing of the number", () => {
    expect(tokenOf("5555 5555 5555 4444")).toBe("tok_unknown");
  });
});
