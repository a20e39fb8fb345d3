import { expect, it } from "vitest";
import { startTestGateway } from "./test-gateway.ts";

it("pages hold every entry once, and captures say what was given back of them", async () => {
  await using gateway = await startTestGateway();
  const ids: string[] = [];
  for (let at = 0; at < 5; at += 1) ids.push((await gateway.charge({ idempotencyKey: `key-${at}` })).body.id);
  await gateway.refund({ chargeId: ids[1], amount: 300 });
  const seen: { id: string; refunded?: number }[] = [];
  let after = "0";
  for (let pages = 0; after !== ""; pages += 1) {
    expect(pages).toBeLessThan(3);
    const { body } = await gateway.get(`/ledger?kind=capture&limit=2&after=${after}`);
    seen.push(...body.entries);
    after = body.nextCursor ?? "";
  }
  expect(seen.map(({ id }) => id)).toEqual(ids);
  expect(seen.map(({ refunded }) => refunded)).toEqual([0, 300, 0, 0, 0]);
});

it("a time, a kind and a charge narrow it down; without any of them the whole ledger is answered as ever", async () => {
  await using gateway = await startTestGateway();
  const { body: charge } = await gateway.charge();
  const { body: refund } = await gateway.refund({ chargeId: charge.id });
  const idsOf = async (query: string) => (await gateway.get(`/ledger?${query}`)).body.entries.map(({ id }) => id);
  expect(await idsOf("since=2999-01-01T00:00:00Z")).toEqual([]);
  expect(await idsOf("since=2000-01-01T00:00:00Z")).toEqual([charge.id, refund.id]);
  expect(await idsOf(`chargeId=${charge.id}`)).toEqual([charge.id, refund.id]);
  expect(await idsOf("chargeId=ch_nobody")).toEqual([]);
  expect(await idsOf("kind=refund")).toEqual([refund.id]);
  expect((await gateway.get("/ledger")).body).toEqual({
    entries: [expect.not.objectContaining({ refunded: 0 }), expect.anything()],
  });
});

it.each(["limit=0", "limit=1001", "after=-1", "since=yesterday", "kind=tip"])(
  "a ledger page with %s is 400",
  async (query) => {
    await using gateway = await startTestGateway();
    expect((await gateway.get(`/ledger?${query}`)).status).toBe(400);
  },
);
