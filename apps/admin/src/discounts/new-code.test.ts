import { expect, it } from "vitest";
import { stateOf, takesOff } from "./discount-words.ts";
import { checkCode, codeInput, EMPTY_CODE, type CodeDraft } from "./new-code.ts";

const draft: CodeDraft = { ...EMPTY_CODE, code: "SPRING-10", value: "10", reason: "Spring sale." };

it.each([
  [{}, []],
  [{ code: "spring" }, ["code"]],
  [{ code: "SPRING--10" }, ["code"]],
  [{ value: "101" }, ["value"]],
  [{ value: "0" }, ["value"]],
  [{ kind: "amount", value: "5.5" }, []],
  [{ kind: "amount", value: "0.00" }, ["value"]],
  [
    { minimum: "fifty", usesMax: "0", usesPerCustomerMax: "4", reason: " " },
    ["minimum", "usesMax", "usesPerCustomerMax", "reason"],
  ],
  [{ startsAt: "2026-12-02T10:00", endsAt: "2026-12-02T10:00" }, ["endsAt"]],
] satisfies [Partial<CodeDraft>, (keyof CodeDraft)[]][])("%j: asked for %j", (change, wrong) => {
  expect(Object.keys(checkCode({ ...draft, ...change }))).toEqual(wrong);
});

it("what is left empty has no limit, and amounts are minor units", () => {
  const sent = codeInput({ ...draft, kind: "amount", value: "5.5", minimum: "50", usesMax: "100" });
  expect(sent).toMatchObject({ value: 550, minimum: 5_000, usesMax: 100, endsAt: null });
  expect(codeInput(draft)).toEqual({
    code: "SPRING-10",
    kind: "percent",
    value: 10,
    minimum: 0,
    usesMax: null,
    usesPerCustomerMax: 1,
    endsAt: null,
    reason: "Spring sale.",
  });
});

it("says what a code takes off, and whether it can be used", () => {
  expect([takesOff({ kind: "percent", value: 10 }), takesOff({ kind: "amount", value: 550 })]).toEqual([
    "10%",
    "$5.50",
  ]);
  const code = { startsAt: "2026-01-02T00:00:00.000Z", endsAt: null, uses: 1, usesMax: 2 };
  const at = (day: number) => Date.UTC(2026, 0, day);
  expect(stateOf(code, at(1)).word).toBe("scheduled");
  expect(stateOf(code, at(2)).word).toBe("running");
  expect(stateOf({ ...code, uses: 2 }, at(2)).word).toBe("used up");
  expect(stateOf({ ...code, endsAt: code.startsAt }, at(1)).word).toBe("ended");
  expect(stateOf({ ...code, endsAt: "2026-01-03T00:00:00.000Z" }, at(3)).word).toBe("ended");
});
