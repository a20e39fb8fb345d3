import { expect, it } from "vitest";
import { safeStorage } from "./safe-storage.ts";

/** As browsers have it, with a bound on how many values it takes. */
function testStorage(room: number): Storage {
  const kept: Record<string, string> = {};
  const methods = {
    getItem: (key: string) => kept[key] ?? null,
    setItem(key: string, value: string) {
      if (!(key in kept) && Object.keys(kept).length >= room) throw new DOMException("full", "QuotaExceededError");
      kept[key] = value;
    },
    removeItem: (key: string) => delete kept[key],
  };
  return new Proxy(kept, {
    get: (_, name) => methods[name as keyof typeof methods] ?? kept[name as string],
  }) as unknown as Storage; // the part of it that is used here
}

function use(open: () => Storage) {
  const storage = safeStorage(open);
  storage.setItem("a", "1");
  storage.setItem("b", "2");
  storage.setItem("b", "3");
  storage.removeItem("a");
  return { a: storage.getItem("a"), b: storage.getItem("b"), keys: storage.keys() };
}

it("what was put in is there until it is taken out, whether the browser keeps site data, refuses to or is full", () => {
  const after = { a: null, b: "3", keys: ["b"] };
  const roomy = testStorage(9);
  expect(use(() => roomy)).toEqual(after);
  const full = testStorage(1);
  expect(use(() => full)).toEqual(after);
  const blocked = () => {
    throw new DOMException("Access is denied for this document.", "SecurityError");
  };
  expect(use(blocked)).toEqual(after);
});

it("what the browser kept before is read, and a page opened later reads what this one wrote", () => {
  const browser = testStorage(9);
  safeStorage(() => browser).setItem("cart", "[]");
  expect(safeStorage(() => browser).getItem("cart")).toBe("[]");
});
