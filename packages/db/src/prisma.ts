/** The `Database` port over the generated Prisma client and its pg driver. */
import { PrismaPg } from "@prisma/adapter-pg";
import type { Database, Sql, SqlExecutor } from "@tillstream/runtime";
import { failWithFailedStatement, poolConfig, statementName } from "@tillstream/runtime/postgres";
import type { PoolSettings } from "@tillstream/runtime/postgres";
import { PrismaClient } from "./generated/client.ts";
import type { Prisma } from "./generated/client.ts";

const TRANSACTION_WAIT_MS = 5_000;
const TRANSACTION_TIMEOUT_MS = 10_000;

/** Prisma types it as though every statement had to have a name; pg takes one without. */
const statementNameGenerator = ({ sql }: { readonly sql: string }) => statementName(sql) as string;

/** The shop's one handle on its database: transactions are Prisma's, single statements go over plain connections. */
export interface ShopDatabase extends Database {
  /** For a transaction that appends no event: one of Prisma's costs more than the few statements in it. */
  readonly plain: Database;
  /** One statement in a Prisma transaction of its own: an interactive transaction costs more than half of the throughput. */
  transactOne<Row>(statement: Sql): Promise<Row[]>;
  close(): Promise<void>;
}

/**
 * Connects at the first question, and again by itself after Postgres was away.
 * @param plain runs single statements, and what appends no event, at a fraction of Prisma's cost and never behind its transactions; by default Prisma does
 */
export function createDatabase(settings: PoolSettings, plain?: Database): ShopDatabase {
  const client = new PrismaClient({
    adapter: new PrismaPg(poolConfig(settings), { statementNameGenerator }),
    transactionOptions: { maxWait: TRANSACTION_WAIT_MS, timeout: TRANSACTION_TIMEOUT_MS },
  });
  const transaction: Database["transaction"] = (work) =>
    client.$transaction((tx) => failWithFailedStatement(prismaExecutor(tx), work));
  const aside = plain ?? { ...prismaExecutor(client), transaction };
  return {
    ...aside,
    transaction,
    plain: aside,
    async transactOne<Row>({ text, values }: Sql) {
      const [rows] = await client.$transaction([client.$queryRawUnsafe<Row[]>(text, ...values)]);
      return rows;
    },
    close: () => client.$disconnect(),
  };
}

function withoutBigInts(row: Record<string, unknown>): Record<string, unknown> {
  for (const [column, value] of Object.entries(row)) {
    if (typeof value === "bigint") row[column] = Number(value);
  }
  return row;
}

/** Runs kernel SQL through Prisma, inside the transaction of `client`, if it has one. */
function prismaExecutor(client: PrismaClient | Prisma.TransactionClient): SqlExecutor {
  return {
    async query<Row>(statement: Sql) {
      const rows = await client.$queryRawUnsafe<Record<string, unknown>[]>(statement.text, ...statement.values);
      return rows.map(withoutBigInts) as Row[];
    },
  };
}
