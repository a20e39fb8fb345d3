import { createDb, prismaDatabase } from "@tillstream/db";
import {
  createLogger,
  createMemoryCache,
  processSettings,
  readEnv,
  systemClock,
  uuidGenerator,
} from "@tillstream/runtime";
import type { Services } from "@tillstream/trpc";

const POOL_MAX = 4;

/** The services that the shop's commands need, without an app around it. */
export async function withServices(url: string, work: (services: Services) => Promise<void>): Promise<void> {
  const prisma = createDb({ url, max: POOL_MAX, applicationName: "seed" });
  const { APP_SECRET } = readEnv(processSettings);
  const services: Services = {
    prisma,
    db: prismaDatabase(prisma),
    reads: prismaDatabase(prisma),
    cache: createMemoryCache(),
    changes: { subscribe: () => () => undefined },
    clock: systemClock,
    ids: uuidGenerator,
    logger: createLogger("seed", "warn"),
    secret: APP_SECRET,
    hintOutbox: () => undefined,
  };
  try {
    await work(services);
  } finally {
    await prisma.$disconnect();
  }
}
