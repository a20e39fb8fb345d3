import { expect, it } from "vitest";
import { reasonText, stepStatus, stepTitle } from "./status-words.ts";

const step = (name: "paid" | "stockReserved", status: "pending" | "undone") => ({ name, status, at: null });

it("only the first pending step is under way", () => {
  const steps = [step("paid", "pending"), step("stockReserved", "pending")];
  expect(steps.map((one) => stepStatus(one, steps))).toEqual(["running", "upcoming"]);
});

it("what was undone says so in plain words", () => {
  expect(stepTitle(step("paid", "undone"))).toBe("Payment returned");
});

it("an unknown reason still tells what became of the money", () => {
  expect(reasonText("SOMETHING_NEW")).toContain("returned");
});
