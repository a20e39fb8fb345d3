import { expect, test } from "vitest";
import { cn } from "./cn.ts";

test("of two classes of one kind the later wins", () => {
  expect(cn("px-3 h-8 bg-surface", "px-0 bg-sunken")).toBe("h-8 px-0 bg-sunken");
  expect(cn("px-3 py-2", "p-0")).toBe("p-0");
  expect(cn("rounded-md", "rounded-full")).toBe("rounded-full");
});

test("a size and a colour of text do not cancel each other", () => {
  expect(cn("text-sm text-muted", "text-ink")).toBe("text-sm text-ink");
  expect(cn("text-sm text-muted", "text-[0.6875rem]")).toBe("text-muted text-[0.6875rem]");
  expect(cn("border border-line", "border-failed/45")).toBe("border border-failed/45");
});

test("an edge stays beside its colour", () => {
  expect(cn("border-b border-line", "border-b-2 border-transparent")).toBe("border-b border-b-2 border-transparent");
});

test("classes under different variants stay", () => {
  expect(cn("p-6 console:p-4", "p-2")).toBe("console:p-4 p-2");
  expect(cn("min-w-0 w-full max-w-md", false, undefined)).toBe("min-w-0 w-full max-w-md");
});

test("a class without a group, such as a status ground, is left alone", () => {
  expect(cn("bg-parked-soft hatched text-parked", "floating")).toBe("bg-parked-soft hatched text-parked floating");
});
