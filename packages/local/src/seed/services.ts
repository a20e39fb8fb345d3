import { createDb, prismaDatabase } from "@tillstream/db";
import { createLogger, processSettings, readEnv } from "@tillstream/runtime";
import { inProcessServices } from "@tillstream/trpc";
import type { Services } from "@tillstream/trpc";

const POOL_MAX = 4;

/** The services that the shop's commands need, without an app around it. */
export async function withServices(url: string, work: (services: Services) => Promise<void>): Promise<void> {
  const prisma = createDb({ url, max: POOL_MAX, applicationName: "seed" });
  const { APP_SECRET } = readEnv(processSettings);
  const services = inProcessServices({
    prisma,
    reads: prismaDatabase(prisma),
    secret: APP_SECRET,
    logger: createLogger("seed", "warn"),
  });
  try {
    await work(services);
  } finally {
    await prisma.$disconnect();
  }
}
