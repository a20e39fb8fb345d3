/** What an event's data looks like in a record's value. */
import type { LoggedEvent } from "../../store/read.ts";

export interface EventCodec {
  /** Throws `BusUnavailableError` while it cannot be told how; anything else says that this event cannot be encoded. */
  encode(event: LoggedEvent, topic: string): Promise<Buffer>;
  /** Throws `ForeignRecordError` for bytes of another format. */
  decode(bytes: Buffer): Promise<unknown>;
}
