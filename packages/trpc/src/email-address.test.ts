import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emailAddress } from "./email-address.ts";

describe("an address that mail can reach is kept", () => {
  it.each([
    ["info@xn--h1alffa9f.xn--p1ai", "info@xn--h1alffa9f.xn--p1ai"],
    ["инфо@почта.рф", "инфо@xn--80a1acny.xn--p1ai"],
    ["user&co@example.com", "user&co@example.com"],
    ["user/dept=x@example.com", "user/dept=x@example.com"],
    ["o'neil+news@example.co.uk", "o'neil+news@example.co.uk"],
    [" Ines.Moreau@EXAMPLE.Com ", "Ines.Moreau@example.com"],
    ["user@münchen.de", "user@xn--mnchen-3ya.de"],
    ["a@نامه‌ای.com", "a@xn--mgba3gch31f060k.com"],
    ["x@例え。テスト", "x@xn--r8jz45g.xn--zckzah"],
    [`${"l".repeat(64)}@${"d".repeat(63)}.test`, `${"l".repeat(64)}@${"d".repeat(63)}.test`],
  ])("%s as %s", (typed, kept) => {
    expect(emailAddress(typed)).toBe(kept);
  });
});

describe("what no mail can reach is refused", () => {
  it.each([
    ["nothing", ""],
    ["no @", "example.com"],
    ["nobody", "@example.com"],
    ["no domain", "a@"],
    ["one label", "a@localhost"],
    ["two @", "a@b@example.com"],
    ["a space", "a b@example.com"],
    ["a dot at the start", ".a@example.com"],
    ["a dot at the end", "a.@example.com"],
    ["two dots", "a..b@example.com"],
    ["an empty label", "a@example..com"],
    ["a label that begins with a hyphen", "a@-example.com"],
    ["a label that ends with a hyphen", "a@example-.com"],
    ["an underscore in the domain", "a@ex_ample.com"],
    ["a trailing dot", "a@example.com."],
    ["an IP address", "a@127.0.0.1"],
    ["an IP address in disguise", "a@0x7f.1"],
    ["an address literal", "a@[127.0.0.1]"],
    ["a port", "a@example.com:25"],
    ["a path", "a@example.com/x"],
    ["an escape", "a@%65xample.com"],
    ["a quoted part", '"a b"@example.com'],
    ["a zero-width space", "a\u200b@example.com"],
    ["a bidi override", "\u202ea@example.com"],
    ["a soft hyphen in the domain", "a@exam\u00adple.com"],
    ["a line break", "a@example.com\nBcc: b@example.com"],
    ["half a character", "a\ud800@example.com"],
    ["65 octets before the @", `${"l".repeat(65)}@example.com`],
    ["33 letters of two octets before the @", `${"ж".repeat(33)}@example.com`],
    ["a label of 64 octets", `a@${"d".repeat(64)}.com`],
    ["255 octets", `${"l".repeat(63)}@${"d".repeat(62)}.${"d".repeat(62)}.${"d".repeat(62)}.a`],
  ])("%s", (_, typed) => {
    expect(emailAddress(typed)).toBeUndefined();
  });
});

const label = fc.stringMatching(/^[a-z\d]([a-z\d-]{0,20}[a-z\d])?$/);
const atoms = fc.array(fc.stringMatching(/^[\w!#$%&'*+/=?^`{|}~-]{1,10}$/), { minLength: 1, maxLength: 4 });
const valid = fc
  .tuple(atoms, fc.array(label, { minLength: 1, maxLength: 4 }), fc.stringMatching(/^[a-z]{2,10}$/))
  .map(([local, labels, top]) => `${local.join(".")}@${labels.join(".")}.${top}`)
  .filter((address) => !/(^|[@.])[a-z\d]{2}--/.test(address)); // `xn--` must be real punycode

it("every dot-atom at a domain of letters, digits and hyphens is taken as it is", () => {
  const property = fc.property(valid, (address) => {
    expect(emailAddress(address)).toBe(address);
  });
  fc.assert(property);
});

it("what is kept is kept again as it is, whatever was typed", () => {
  const parts = fc.constantFrom(
    "a",
    "B",
    "9",
    "@",
    ".",
    "-",
    "_",
    "ж",
    "ß",
    "é",
    "。",
    "\u200d",
    "xn--",
    " ",
    "com",
    "测",
    "\ud800",
  );
  const property = fc.property(
    fc.string({ unit: parts, maxLength: 20 }),
    fc.string({ unit: parts }),
    (local, domain) => {
      const kept = emailAddress(`${local}@${domain}.com`);
      if (kept === undefined) return;
      expect(emailAddress(kept)).toBe(kept);
      expect(kept).toMatch(/^[^\s@]+@[a-z\d.-]+$/u);
    },
  );
  fc.assert(property, { numRuns: 500 });
});
