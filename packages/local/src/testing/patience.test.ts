import { expect, test, vi } from "vitest";

test("a condition that comes true only after a second and a half is waited for without a word about it", async () => {
  const due = Date.now() + 1_500;
  await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(due));
  const later = Date.now() + 1_500;
  await vi.waitUntil(() => Date.now() > later);
  const last = Date.now() + 1_500;
  await expect.poll(() => Date.now()).toBeGreaterThan(last);
});
