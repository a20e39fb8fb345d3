/** The generated Prisma client over the pg driver, and the `Database` port over its transactions. */
import { PrismaPg } from "@prisma/adapter-pg";
import type { Database, Sql, SqlExecutor } from "@tillstream/runtime";
import { failWithFailedStatement } from "./failed-statement.ts";
import { PrismaClient } from "./generated/client.ts";
import type { Prisma } from "./generated/client.ts";
import { poolConfig } from "./pool.ts";
import type { PoolSettings } from "./pool.ts";

const TRANSACTION_WAIT_MS = 5_000;
const TRANSACTION_TIMEOUT_MS = 10_000;

/** The client. It connects at the first query and reconnects by itself after Postgres was away. */
export function createDb(settings: PoolSettings): PrismaClient {
  return new PrismaClient({
    adapter: new PrismaPg(poolConfig(settings)),
    transactionOptions: { maxWait: TRANSACTION_WAIT_MS, timeout: TRANSACTION_TIMEOUT_MS },
  });
}

function withoutBigInts(row: Record<string, unknown>): Record<string, unknown> {
  for (const [column, value] of Object.entries(row)) {
    if (typeof value === "bigint") row[column] = Number(value);
  }
  return row;
}

/** Runs kernel SQL through Prisma, inside whatever transaction `client` stands for. */
export function prismaExecutor(client: PrismaClient | Prisma.TransactionClient): SqlExecutor {
  return {
    async query<Row>(statement: Sql) {
      const rows = await client.$queryRawUnsafe<Record<string, unknown>[]>(statement.text, ...statement.values);
      return rows.map(withoutBigInts) as Row[];
    },
  };
}

export function prismaDatabase(client: PrismaClient): Database {
  return {
    ...prismaExecutor(client),
    transaction: (work) => client.$transaction((tx) => failWithFailedStatement(prismaExecutor(tx), work)),
  };
}
