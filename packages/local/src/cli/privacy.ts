/** What the owner of the database does for the privacy of customers. */
import { createKeyring } from "@tillstream/eventing";
import { readMasterKeys } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { rewriteErased } from "../database/rewrite.ts";

export async function rewrite(url: string): Promise<void> {
  const erasures = await rewriteErased(url);
  console.log(
    erasures === 0
      ? "No customer was erased since the tables were written anew"
      : `The tables are written anew: no file of the database holds what it held of ${erasures} erased customer${erasures === 1 ? "" : "s"}. Backups, and logs that were archived, still do.`,
  );
}

/** Resolves to the exit code. */
export async function rewrapKeys(db: SqlExecutor): Promise<number> {
  const masterKeys = readMasterKeys();
  const { rewrapped, failed } = await createKeyring(masterKeys).rewrap(db);
  if (failed > 0) {
    console.log(
      `${rewrapped} keys are wrapped anew; ${failed} cannot be opened by any of MASTER_KEYS: keep the key that wraps them`,
    );
    return 1;
  }
  console.log(`${rewrapped} keys are wrapped anew; all are wrapped by ${masterKeys[0].id} now`);
  return 0;
}
