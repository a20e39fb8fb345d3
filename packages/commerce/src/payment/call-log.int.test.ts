import { createTestDatabase } from "@tillstream/db/testing";
import { expect, it } from "vitest";
import { createTestGateway } from "../testing/index.ts";
import { loggedCalls, logGatewayCalls } from "./call-log.ts";

it("whatever the gateway says is written down: what is cut within a character, and what Postgres has no place for", async () => {
  await using test = await createTestDatabase();
  const { database: db } = test;
  const said = ["\0 no", `${"x".repeat(185)}😀`]; // the code comes before it, so that the cut goes through the last one
  const log = logGatewayCalls({
    ...createTestGateway(),
    charge: ({ idempotencyKey }) =>
      Promise.resolve({ kind: "declined", code: "do_not_honor", message: said[Number(idempotencyKey)] ?? "" }),
  });
  const { signal } = new AbortController();
  const charge = { orderId: "o", amount: 1, currency: "USD", token: "tok_visa" };
  for (const key of said.keys()) await log.gateway.charge({ ...charge, idempotencyKey: String(key) }, signal);
  await log.write(db);
  const calls = await loggedCalls(db, { causes: ["0", "1"], orderIds: [], limit: 10 });
  expect(calls.map(({ answer }) => answer)).toEqual(["do_not_honor:  no", `do_not_honor: ${"x".repeat(185)}\uFFFD`]);
});
