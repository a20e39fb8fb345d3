import { expect, test } from "vitest";
import { migrationFolderName } from "./write-migration.ts";

const now = new Date("2026-11-24T10:57:06.123Z");

test("a migration's folder begins with its time", () => {
  expect(migrationFolderName("add_gift_cards", now)).toBe("20261124105706_add_gift_cards");
});

test.for(["", "Gift", "../up", "a b"])("%j cannot name a migration", (name) => {
  expect(() => migrationFolderName(name, now)).toThrow("a migration's name");
});
