import { describe, expect, it } from "vitest";
import { defaultOther, pageOf, parseAt, standingAt } from "./at.ts";

describe("the point that an address names", () => {
  it.each([
    ["12", { version: 12 }],
    ["2026-01-31T10:00:00Z", { instant: "2026-01-31T10:00:00.000Z" }],
    ["2026-01-31T10:00:00.120+02:00", { instant: "2026-01-31T08:00:00.120Z" }],
    ["2026-01-31T10:00 02:00", { instant: "2026-01-31T08:00:00.000Z" }],
  ])("%s is understood", (text, at) => {
    expect(parseAt(text)).toEqual(at);
  });

  it.each(["yesterday", "-1", "1.5", "", "2026-01-31", "2026-01-31T10:00:00", "2026-02-31T10:00:00Z", "99999999999"])(
    "%j is none, and the rule is named",
    (text) => {
      expect(parseAt(text)).toEqual({ problem: expect.stringContaining("Write a version, such as 12, or an instant") });
    },
  );
});

describe("where one stands", () => {
  const point = { newest: 20, version: 7 };

  it("is at the newest version until the address says otherwise", () => {
    expect(standingAt(undefined, { newest: 20, version: 20 })).toEqual({ version: 20, newest: 20, isChosen: false });
    expect(standingAt({ version: 3 }, point)).toEqual({ version: 3, newest: 20, isChosen: true });
    expect(standingAt({ instant: "2026-01-31T10:00:00.000Z" }, point)).toMatchObject({ version: 7, isChosen: true });
  });

  it.each([
    [{ version: 21 }, "The stream has no version 21: it has the versions 1 to 20."],
    [{ version: 0 }, "The stream has no version 0: it has the versions 1 to 20."],
    [{ instant: "2026-01-31T10:00:00.000Z" }, "Nothing had happened yet by 2026-01-31T10:00:00.000Z"],
    [{ problem: "No." }, "No."],
  ])("is now, with the reason, when the place is none: %j", (at, problem) => {
    expect(standingAt(at, { newest: 20, version: 0 })).toMatchObject({
      version: 20,
      isChosen: false,
      problem: expect.stringContaining(problem),
    });
  });

  it("is compared with now, or at now with the step before", () => {
    const others = [1, 19, 20].map((version) => defaultOther(standingAt({ version }, point)));
    expect([...others, defaultOther(standingAt(undefined, { newest: 1, version: 1 }))]).toEqual([
      20,
      20,
      19,
      undefined,
    ]);
  });

  it("has its page of the ledger, unless another is asked for", () => {
    const at = (version: number) => standingAt({ version }, { newest: 450, version: 0 });
    expect(pageOf(at(200), null)).toEqual({ afterVersion: 0, limit: 200 });
    expect(pageOf(at(201), null)).toEqual({ afterVersion: 200, limit: 200 });
    expect(pageOf(at(450), null)).toEqual({ afterVersion: 400, limit: 50 });
    expect(pageOf(at(1), 440)).toEqual({ afterVersion: 440, limit: 10 });
    expect(pageOf(at(1), 500).limit).toBe(0);
  });
});
