/**
 * The producer of the relay: every batch is one transaction. The next owner of the relay initialises the
 * same transactional id, which aborts what its predecessor had open and refuses what it sends from then on.
 */
import { Producer } from "@platformatic/kafka";
import { withTimeout } from "@tillstream/runtime";
import { clientOptions } from "./cluster.ts";
import type { KafkaSettings } from "./cluster.ts";
import type { EventRecord } from "./record.ts";

/** A batch that takes longer is given up on; it then was published or not, and is published again. */
const BATCH_TIMEOUT_MS = 15_000;
const CLOSE_TIMEOUT_MS = 2_000;
/** "None yet": the coordinator gives the id and the epoch. The client's own default, 0, claims to be a producer that may exist. */
const NO_PRODUCER = { producerId: -1n, producerEpoch: -1 };

export interface TransactionalProducer {
  /** Rejects without anything of the batch becoming visible, or with its outcome unknown; then this producer is done for. */
  send(records: readonly EventRecord[]): Promise<void>;
  close(): Promise<void>;
}

/** Takes over the transactional id: its previous holder is fenced when this resolves. */
export async function openProducer(settings: KafkaSettings): Promise<TransactionalProducer> {
  const transactionalId = `${settings.prefix}-relay-0`;
  const producer = new Producer({
    ...clientOptions(settings, "relay"),
    idempotent: true,
    transactionalId,
    // Also how long the broker lets a transaction be open before it aborts it.
    timeout: BATCH_TIMEOUT_MS,
  });
  const close = () => withTimeout(producer.close(), CLOSE_TIMEOUT_MS, "closing a producer").catch(() => undefined);
  try {
    // The client initialises with its first transaction: an empty one, which is over at once.
    const opening = await withTimeout(producer.beginTransaction(NO_PRODUCER), BATCH_TIMEOUT_MS, transactionalId);
    await opening.cancel();
  } catch (error) {
    await close();
    throw error;
  }

  async function sendInTransaction(records: readonly EventRecord[]): Promise<void> {
    const transaction = await producer.beginTransaction(NO_PRODUCER);
    await transaction.send({ messages: [...records] });
    await transaction.commit();
  }

  return {
    send: (records) => withTimeout(sendInTransaction(records), BATCH_TIMEOUT_MS, "publishing a batch"),
    async close() {
      await close();
    },
  };
}
