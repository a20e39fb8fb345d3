import { expect, test } from "vitest";
import { matchesHotkey } from "./hotkey.ts";

const press = (key: string, held: Partial<Record<"ctrlKey" | "metaKey" | "altKey" | "shiftKey", boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

test("mod is Ctrl as well as Cmd", () => {
  expect(matchesHotkey(press("k", { ctrlKey: true }), "mod+k")).toBe(true);
  expect(matchesHotkey(press("k", { metaKey: true }), "mod+k")).toBe(true);
  expect(matchesHotkey(press("k"), "mod+k")).toBe(false);
});

test("a plain letter does not take the browser's own combinations", () => {
  expect(matchesHotkey(press("j"), "j")).toBe(true);
  expect(matchesHotkey(press("j", { ctrlKey: true }), "j")).toBe(false);
});

test("a question mark works although it needs Shift", () => {
  expect(matchesHotkey(press("?", { shiftKey: true }), "?")).toBe(true);
});
