/**
 * The words of the kernel: one for each thing, the same in code, tables, pages and docs. The console explains them where they are
 * used, `GLOSSARY.md` lists them.
 */
export const glossary = {
  event: "A fact about one aggregate that has happened. It is never changed; a later event corrects it.",
  stream: "The events of one thing, such as one order, numbered from 1 without gaps.",
  version: "The number of the event within its stream.",
  expectedVersion:
    "The version at which a writer believes the stream to be. When it is at another, nothing is appended and the writer decides again.",
  position:
    "The place of an event in the one global order, which the relay assigns. Consumers and projections follow it.",
  head: "The newest global position.",
  schemaVersion: "The version of the type's schema that the event was written with. It never changes.",
  upcaster:
    "Brings a payload from an older schema version to the next, when it is read. The stored event stays as it is.",
  safeToDrop:
    "Whether the schema and the upcaster of a version may be deleted from the code: only when no event of it, or of an earlier one, is stored.",
  correlation: "One id for everything that follows from one command.",
  causation: "The command, event or saga step that caused this event.",
  actor: "Who did it: guest, user:<id>, saga:<name> or system.",
  aggregate: "What one decision is about and one stream tells of. Its events are appended together or not at all.",
  decider: "The pure functions of an aggregate: what a command does to a state, and what an event makes of it.",
  eventSourced: "Of an aggregate: its state is replayed from its events, and nothing else is stored.",
  stateStored: "Of an aggregate: its state is a row, written in the transaction of the events that changed it.",
  snapshot: "The state of an event-sourced aggregate at a version, so that only later events are read.",
  refusal: "The answer to a command that was understood and is not carried out. It has written nothing.",
  idempotencyKey:
    "Names one command of one sender, who may send it again: it is carried out once and answered each time.",
  outbox:
    "Written in the same transaction as the event, so that neither can be there without the other. The relay publishes from it.",
  relay: "Publishes the outbox in order and assigns each event its global position. One at a time holds the lease.",
  lease:
    "The right to publish. Its owner renews it every second or so; when that stops, another may take it after five seconds.",
  epoch: "Counts how often the lease was taken. An owner with an old epoch that wakes up again writes nothing.",
  quarantined:
    "Of an outbox row that could not be published. The relay tries it again by itself, at most a minute apart; only its own stream waits.",
  bus: "Brings published events to the consumers: the log in Postgres, or Kafka.",
  subscription: "What follows the global order: a projection or a consumer.",
  projection: "Builds a read model from events. It can be rebuilt from the beginning at any time.",
  consumer: "Reacts to events with an effect, once for each event.",
  partition:
    "A share of the streams of a consumer. Within one, events are handled in order; partitions are handled concurrently.",
  checkpoint:
    "How far a subscription has come in the global order. It is written with the effects, in one transaction.",
  inbox: "The events a consumer has handled, by their ids. An event that is delivered again finds itself there.",
  lag: "Now minus the time of the oldest event not yet processed; 0 when caught up. Read from the database, so a dead worker cannot look healthy.",
  behind: "Events between this position and the head, with those the relay has not published yet.",
  rate: "Events processed a second, over the last half minute.",
  eta: "When it will have caught up, if it goes on as in the last half minute.",
  drained:
    "Of a worker: somebody had it let go of its work. It finished what it had in hand and takes no more until it is resumed; a new process is not drained.",
  heartbeat: "How long ago a worker last looked, whether or not there was anything to do.",
  stalled: "Of a loop: it has not looked for longer than anything that it waits for can take.",
  alert:
    "Pending when a value goes over its limit, firing when it stays there, resolved when it has been in order again for ten seconds.",
  alertThreshold: "The value above which something is wrong.",
  check: "Something that is watched: what a module declares beside its code, and every monitor asks.",
  follower: "An alert that another one explains: mending its cause mends it.",
  deadLetter:
    "An event that a consumer or projection could not process. Nothing is skipped: later events of its stream wait behind it.",
  blocked:
    "Of a stream, for one subscription: an event of it failed, and the later ones wait behind it. All other streams go on.",
  retrying: "Of a dead letter: it is tried again by itself, at growing intervals.",
  waiting: "Of a dead letter: an earlier event of its stream has to be handled first.",
  parked: "Of a dead letter: it failed after all retries, and waits for an operator.",
  open: "Of a dead letter: it is retried, parked, or waits behind one that is, so it was neither delivered nor discarded yet.",
  resolution:
    "What an operator does about a dead letter: retry it, discard it, or deliver an edited copy of its data to this one consumer.",
  rebuild:
    "Reads all events from the beginning into a copy while the live one keeps serving, then puts the rows that differ in their places, piece by piece.",
  replay: "Goes through a stream event by event and shows the state after each. It changes nothing.",
  state: "What the stream's events add up to: replayed from them, nothing of it is stored.",
  saga: "A process of several steps. When one fails, what was done before is undone in reverse order.",
  action: "What a step of a saga does. Each step has one, and most have a compensation.",
  compensation: "Undoes a step that completed, or may have.",
  unknown: "No definite answer came: the step may have taken effect. Its compensation finds out, and undoes it if so.",
  halted: "Of a run: it failed for good, and an operator retries it, forks it, or declares it resolved.",
  fork: "A new run that goes on from a step of one that halted or was undone, under keys of its own. What was done before is taken over.",
  stuck: "Not finished, and older than all timeouts and retries together.",
  module: "What one aggregate or process brings: events, projections, consumers, sagas, loops.",
  deployment: "All modules together, as one process runs them.",
} as const;
