import fc from "fast-check";
import { expect, it } from "vitest";
import { leadsElsewhere, NEXT_FIELDS } from "./leads-elsewhere.ts";
import { wantedPath } from "./testing/wanted-path.ts";

it.each(NEXT_FIELDS)(
  "whatever %s asks for, in the query or the body, what is let through stays on the site",
  (field) => {
    fc.assert(
      fc.property(wantedPath, (next) => {
        const [query, nothing] = [new URLSearchParams({ [field]: next }), new URLSearchParams()];
        const refused = leadsElsewhere(query, undefined);
        expect(leadsElsewhere(nothing, { [field]: next })).toBe(refused);
        if (refused !== undefined) {
          expect(refused).toBe(field);
          return;
        }
        expect(new URL(next, "https://shop.test/login").origin).toBe("https://shop.test");
        expect(next).toMatch(/^\/(?![/\\])\S*$/);
      }),
      { numRuns: 2_000 },
    );
  },
);

it.each([null, 5, "", ["/cart"], "/.//evil.test"])("%j is not a path", (next) =>
  expect(leadsElsewhere(new URLSearchParams(), { callbackURL: next })).toBe("callbackURL"),
);

it("a path of the site with its query is let through, and what says nothing of it", () => {
  expect(leadsElsewhere(new URLSearchParams("token=x"), { callbackURL: "/checkout?step=payment" })).toBeUndefined();
  for (const body of [undefined, null, "text", []]) expect(leadsElsewhere(new URLSearchParams(), body)).toBeUndefined();
});
