import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const read = (path: string) => readFileSync(join(import.meta.dirname, path), "utf8");
const exported = [...read("index.ts").matchAll(/export (?:type )?\{([^}]*)\} from "([^"]*)"/g)].flatMap(
  ([, names = "", path = ""]) => names.split(",").map((name) => [name.trim(), path] as const),
);

/** A docstring ends right above the declaration. */
const documents = (name: string, text: string) =>
  new RegExp(`\\*/\\nexport (?:abstract )?(?:async )?(?:function\\*?|const|class|interface|type) ${name}\\b`).test(
    text,
  );

it.each(exported.filter(([name]) => name !== ""))("%s says what it is, in %s", (name, path) => {
  expect(documents(name, read(path))).toBe(true);
});

it("a name without a docstring would be found", () => {
  expect(documents("bare", "/** Something else. */\nconst one = 1;\nexport const bare = one;")).toBe(false);
});
