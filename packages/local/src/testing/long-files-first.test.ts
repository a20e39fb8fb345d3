import { globSync } from "node:fs";
import { expect, it } from "vitest";
import { REPOSITORY_ROOT } from "../environment/places.ts";
import { globsOf } from "./kinds.ts";
import { LONG } from "./long-files-first.ts";

it.each(LONG)("%s is a part of the path of an integration test", (part) => {
  const { include, exclude } = globsOf("integration");
  const paths = globSync(include, { cwd: REPOSITORY_ROOT, exclude });
  expect(paths.some((path) => `/${path}`.includes(part))).toBe(true);
});
