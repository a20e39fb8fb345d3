import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { REPOSITORY_ROOT } from "../places.ts";
import { javaMajorOf, KAFKA_VERSION, POM } from "./artefacts.ts";

test("the broker of the tests and that of docker compose are of one version", () => {
  expect(readFileSync(POM, "utf8")).toContain(`<kafka.version>${KAFKA_VERSION}</kafka.version>`);
  const compose = readFileSync(join(REPOSITORY_ROOT, "docker-compose.yml"), "utf8");
  expect(compose).toContain(`image: apache/kafka:${KAFKA_VERSION}\n`);
});

test("Java's version is read from what it says of itself", () => {
  expect(javaMajorOf('openjdk version "17.0.15" 2025-04-15')).toBe(17);
  expect(javaMajorOf('java version "1.8.0_392"')).toBe(1);
  expect(javaMajorOf("")).toBeUndefined();
});
