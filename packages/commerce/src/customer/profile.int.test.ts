import { createCallerFactory } from "@tillstream/trpc";
import { expect, it } from "vitest";
import { shopRouter } from "../routers.ts";
import { createTestShop, shopper } from "../testing/index.ts";
import { registerCustomer } from "./index.ts";

const createCaller = createCallerFactory(shopRouter);

it("a shopper reads and changes their own name, and nobody else does", async () => {
  await using shop = await createTestShop();
  await registerCustomer(shop.database, shopper);
  const { profile } = createCaller(shop.context({ user: shopper }));
  expect(await profile.update({ name: " Samuel " })).toEqual({ name: "Samuel", email: shopper.email });
  expect(await profile.get()).toEqual({ name: "Samuel", email: shopper.email });
  await expect(profile.update({ name: " " })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  await expect(createCaller(shop.context()).profile.get()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
});
