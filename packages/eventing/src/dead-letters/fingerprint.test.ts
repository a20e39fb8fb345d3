import { describe, expect, it } from "vitest";
import { fingerprintOfError, textOfError } from "./fingerprint.ts";

const failureOf = (message: string) => new Error(message);

describe("a fingerprint", () => {
  it("is the same for failures that differ in ids, numbers and quoted values", () => {
    const messages = [
      'order 0198c1d2-0000-7000-8000-000000000001:3 has no address "1 Street" after 250 ms',
      'order 0198c1d2-0000-7000-8000-000000000002:14 has no address "9 Lane" after 31 ms',
    ];
    expect(new Set(messages.map((message) => fingerprintOfError(failureOf(message)))).size).toBe(1);
  });

  it("differs with the message, the kind of error, and the place", () => {
    const elsewhere = () => new Error("refused");
    const errors = [failureOf("refused"), failureOf("gone"), new TypeError("refused"), elsewhere()];
    expect(new Set(errors.map(fingerprintOfError)).size).toBe(errors.length);
  });

  it("is the same for anything thrown", () => {
    expect(fingerprintOfError("a text")).toMatch(/^[\w-]{12}$/);
    expect(fingerprintOfError(undefined)).toMatch(/^[\w-]{12}$/);
  });
});

it("the text of an error names its cause, and ends at 4,000 characters", () => {
  const error = new Error("no label", { cause: new Error("the carrier is away") });
  expect(textOfError(error)).toContain("caused by Error: the carrier is away");
  expect(textOfError(new Error("x".repeat(10_000))).length).toBe(4_000);
});
