/** The field's words, explained where they are used. One sentence each, the same everywhere. */
export const meaningOf = {
  position:
    "The place of an event in the one global order, which the relay assigns. Consumers and projections follow it.",
  stream: "The events of one thing, such as one order, numbered from 1 without gaps.",
  version: "The number of the event within its stream.",
  schemaVersion: "The version of the type's schema that the event was written with. It never changes.",
  upcaster:
    "Brings a payload from an older schema version to the next, when it is read. The stored event stays as it is.",
  safeToDrop:
    "Whether the schema and the upcaster of a version may be deleted from the code: only when no event of it, or of an earlier one, is stored.",
  correlation: "One id for everything that follows from one command.",
  causation: "The command, event or saga step that caused this event.",
  actor: "Who did it: guest, user:<id>, saga:<name> or system.",
  outbox:
    "Written in the same transaction as the event, so that neither can be there without the other. The relay publishes from it.",
  relay: "Publishes the outbox in order and assigns each event its global position. One at a time holds the lease.",
  lease:
    "The right to publish. Its owner renews it every second or so; when that stops, another may take it after five seconds.",
  epoch: "Counts the owners of the lease. An owner with an old epoch that wakes up again writes nothing.",
  setAside:
    "A row that could not be published. The relay tries it again by itself, at most a minute apart; only its own stream waits.",
  projection: "Builds a read model from events. It can be rebuilt from the beginning at any time.",
  consumer: "Reacts to events with an effect, once for each event.",
  lag: "Now minus the time of the oldest event not yet processed; 0 when caught up. Read from the database, so a dead worker cannot look healthy.",
  alert:
    "Pending when the lag goes over the limit, firing when two measurements in a row are, resolved when it has been low again for ten seconds.",
  alertThreshold: "The lag above which a projection is late.",
  rate: "Events processed a second, over the last half minute.",
  eta: "When it will have caught up, if it goes on as in the last half minute.",
  rebuild:
    "Reads all events from the beginning into a copy while the live one keeps serving, then puts the copy in its place in one transaction.",
  state: "What the stream's events add up to: replayed from them, nothing of it is stored.",
  behind: "Events between this position and the head, with those the relay has not published yet.",
  head: "The newest global position.",
  heartbeat: "How long ago a worker last looked, whether or not there was anything to do.",
  parked:
    "Events that failed after all retries, and later ones of the same stream that wait behind them. All other streams go on.",
  saga: "A process of several steps. When one fails, what was done before is undone in reverse order.",
  compensation: "Undoes a step that completed, or may have.",
  stuck: "Not finished, and older than all timeouts and retries together.",
  unknown: "No definite answer came: the step may have taken effect. Its compensation finds out, and undoes it if so.",
  deadLetter:
    "An event that a consumer could not process. Nothing is skipped: later events of its stream wait behind it.",
  reconciliation:
    "Money that was taken and belongs to no order is given back; what a refund cannot settle is put before a person. Orders under way are left alone.",
} as const;
