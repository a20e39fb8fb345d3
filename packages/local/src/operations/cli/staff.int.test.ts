import { createTestDatabase } from "@tillstream/db/testing";
import { sql, uuidGenerator } from "@tillstream/runtime";
import { createAuth } from "@tillstream/trpc";
import { afterEach, expect, it, vi } from "vitest";
import { UsageError } from "./moment.ts";
import { setStaff } from "./staff.ts";

afterEach(() => void vi.restoreAllMocks());

it("makes a login that signs in with the password that was shown, changes its role later, and writes down both", async () => {
  await using test = await createTestDatabase();
  const { pool, database: db } = test;
  const shown = vi.spyOn(console, "log").mockReturnValue();
  const set = (role: "admin" | "shopper", reason: string) =>
    setStaff(pool, db, "Ada@example.com", { role, name: "Ada", reason });
  await set("admin", "she runs the shop");
  const password = /: (\S+)$/.exec(shown.mock.calls.flat().join("\n"))?.[1] ?? "";
  const auth = createAuth({
    pool,
    secret: "a secret of the tests that is long enough",
    cookiePrefix: "t",
    signUp: false,
    ids: uuidGenerator,
  });
  const { user } = await auth.api.signInEmail({ body: { email: "ada@example.com", password } });
  expect(user.name).toBe("Ada");
  await set("shopper", "she left");
  expect(shown.mock.calls.flat().filter((line) => String(line).startsWith("Password"))).toHaveLength(1);
  const audit = await db.query(sql`SELECT subject, reason, before, after FROM audit ORDER BY id`);
  expect(audit).toEqual([
    { subject: `user:${user.id}`, reason: "she runs the shop", before: { role: "shopper" }, after: { role: "admin" } },
    { subject: `user:${user.id}`, reason: "she left", before: { role: "admin" }, after: { role: "shopper" } },
  ]);
  await expect(setStaff(pool, db, "nobody", { role: "admin", name: "N", reason: "why" })).rejects.toThrow(UsageError);
});
