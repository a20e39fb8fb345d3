/** What the owner of the database does for the privacy of customers. */
import { createKeyring } from "@tillstream/eventing";
import { readMasterKeys } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { rewriteErased } from "../../environment/database/rewrite.ts";

/** Resolves to the exit code. */
export async function rewrite(url: string): Promise<number> {
  const { erasures, waiting, unfinished, logEnded } = await rewriteErased(url);
  if (waiting > 0) {
    console.log(
      `${waiting} erased customer${waiting === 1 ? "" : "s"} can still be seen by a transaction that was open before, such as a backup's: try again when it has ended (pg_stat_activity, the oldest backend_xmin)`,
    );
    if (erasures === 0) return 1;
  }
  console.log(
    erasures === 0
      ? "No customer was erased since the tables were rewritten"
      : `The tables are rewritten: the files of the tables hold nothing of what they held of ${erasures} erased customer${erasures === 1 ? "" : "s"}. Backups, and files of the log that were archived, still do.`,
  );
  if (!logEnded)
    console.log(
      "The write-ahead log does still hold it, until its files are used up: the owner may not end it here. As a superuser: SELECT pg_switch_wal(); CHECKPOINT;",
    );
  if (unfinished > 0)
    console.log(
      `${unfinished} of them ${unfinished === 1 ? "is" : "are"} not finished yet: run this once more afterwards (two minutes, or until their orders are over)`,
    );
  return waiting + unfinished === 0 && logEnded ? 0 : 1;
}

/** Resolves to the exit code. */
export async function rewrapKeys(db: SqlExecutor): Promise<number> {
  const masterKeys = readMasterKeys();
  const { rewrapped, failed } = await createKeyring(masterKeys).rewrap(db);
  if (failed > 0) {
    console.log(
      `${rewrapped} keys are wrapped again; ${failed} cannot be opened by any of MASTER_KEYS: keep the key that wraps them`,
    );
    return 1;
  }
  console.log(`${rewrapped} keys are wrapped again; all are wrapped by ${masterKeys[0].id} now`);
  return 0;
}
