import { readShopFacts } from "@tillstream/commerce/settings";
import { createDatabase } from "@tillstream/db";
import { createLogger, readEnv } from "@tillstream/runtime";
import { inProcessServices } from "@tillstream/trpc";
import { authSettings } from "@tillstream/trpc/settings";
import type { Services } from "@tillstream/trpc";

const POOL_MAX = 4;

/** The services that the shop's commands need, without an app around it. */
export async function withServices(url: string, work: (services: Services) => Promise<void>): Promise<void> {
  const db = createDatabase({ url, max: POOL_MAX, applicationName: "seed" });
  const { APP_SECRET } = readEnv(authSettings);
  const services = inProcessServices({
    db,
    secret: APP_SECRET,
    shop: readShopFacts(),
    logger: createLogger("seed", "warn"),
  });
  try {
    await work(services);
  } finally {
    await db.close();
  }
}
