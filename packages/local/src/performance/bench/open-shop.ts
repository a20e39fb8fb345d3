/** The whole system, with more stock than a measurement buys, for what is measured over HTTP. */
import { createPool, poolDatabase } from "@tillstream/db";
import type { Database } from "@tillstream/runtime";
import type { Environment } from "../../environment/child-env.ts";
import { startSystem } from "../../testing/system.ts";
import { createShopClient } from "../traffic/shop-client.ts";
import type { ShopClient } from "../traffic/shop-client.ts";
import { stockUp } from "../traffic/stock-up.ts";

export interface OpenShop extends AsyncDisposable {
  /** Where it is. */
  readonly url: string;
  readonly db: Database;
  readonly client: ShopClient;
  readonly skus: readonly string[];
}

/** @param env settings on top of the defaults */
export async function openShop(env: Environment = {}): Promise<OpenShop> {
  await using stack = new AsyncDisposableStack();
  const { databaseUrl, urls } = stack.use(await startSystem({ durable: true, env }));
  const pool = createPool({ url: databaseUrl, max: 4, applicationName: "bench" });
  stack.defer(() => pool.end());
  const db = poolDatabase(pool);
  const client = createShopClient(urls.storefront);
  const skus = await client.skus();
  await stockUp(db, skus);
  const owned = stack.move();
  return { url: urls.storefront, db, client, skus, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
