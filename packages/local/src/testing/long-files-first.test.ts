import { globSync } from "node:fs";
import { expect, it } from "vitest";
import { REPOSITORY_ROOT } from "../environment/places.ts";
import { globsOf } from "./kinds.ts";
import { LONG } from "./long-files-first.ts";

const paths = (["integration", "e2e"] as const).flatMap((kind) => {
  const { include, exclude } = globsOf(kind);
  return globSync(include, { cwd: REPOSITORY_ROOT, exclude });
});

it.each(LONG)("%s is a part of the path of a test", (part) => {
  expect(paths.some((path) => `/${path}`.includes(part))).toBe(true);
});
