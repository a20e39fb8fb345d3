import fc from "fast-check";

const parts = [
  "/",
  "\\",
  ".",
  "..",
  "%2e",
  "%2F",
  "%5C",
  "\t",
  "\n",
  "\r",
  " ",
  "@",
  ":",
  "?",
  "#",
  "evil.test",
  "http",
  "a",
];

/** What somebody may ask to be led to, from what browsers and servers read in different ways. */
export const wantedPath: fc.Arbitrary<string> = fc.oneof(
  fc.array(fc.constantFrom(...parts), { maxLength: 12 }).map((list) => `/${list.join("")}`),
  fc.string({ unit: "binary" }).map((rest) => `/${rest}`),
  fc.webUrl(),
);
