/** Every stream of a type with its events, one after the other, without holding them all. */
import type { StoredEvent } from "@tillstream/eventing";
import { readStream } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";

const PAGE_STREAMS = 500;

export async function* readStreams(
  db: Database,
  streamType: string,
): AsyncGenerator<readonly [string, readonly StoredEvent[]]> {
  let after = "";
  for (;;) {
    const page = await db.query<{ id: string }>(sql`
      SELECT stream_id AS id FROM events WHERE stream_type = ${streamType} AND version = 1 AND stream_id > ${after}
      ORDER BY stream_id LIMIT ${PAGE_STREAMS}`);
    for (const { id } of page) yield [id, await readStream(db, id)];
    if (page.length < PAGE_STREAMS) return;
    after = page.at(-1)?.id ?? after;
  }
}
