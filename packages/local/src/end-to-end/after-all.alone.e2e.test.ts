/** What all the other files left behind in the system that they share. */
import { expect, it } from "vitest";
import { httpLedger, settled, verify } from "../operations/verify/index.ts";
import { setUpStage } from "./stage.ts";

/** Also for charges that are never answered. */
const SETTLE_MS = 120_000;

const stage = setUpStage();

it("everything agrees: orders, money, stock and mails, by the store and by the gateway's ledger", async () => {
  expect(await settled(stage.db, SETTLE_MS)).toBeUndefined();
  const findings = await verify(stage.db, { gateway: httpLedger(stage.system.urls.gateway) });
  expect(findings.filter(({ status }) => status !== "holds")).toEqual([]);
}, 150_000);
