/** The console's operations, generic over any module: history, subscriptions, outbox, sagas, dead letters, audit. */
import type { AnyAggregate, EventCatalogue, OnResolved, Projection, Saga, SystemMap } from "@tillstream/eventing";
import { nothing } from "../input.ts";
import { procedureFor, router } from "../procedures.ts";
import { alertsRouter } from "./alerts.ts";
import { auditRouter } from "./audit.ts";
import type { PartsOfSubject } from "./audit.ts";
import { deadLettersRouter } from "./dead-letters.ts";
import { eventsRouter } from "./events.ts";
import { liveRouter } from "./live.ts";
import { mapRouter } from "./map.ts";
import { outboxRouter } from "./outbox.ts";
import { consumersRouter, projectionsRouter } from "./projections.ts";
import type { Redact } from "./redact.ts";
import { sagasRouter } from "./sagas.ts";
import type { NamesOfSubjects, SubjectNamed } from "./sagas.ts";
import { schemasRouter } from "./schemas.ts";
import { streamsRouter } from "./streams.ts";
import { workersRouter } from "./workers.ts";

/** What the deployment's modules bring that can be operated. */
export interface Operated {
  readonly catalogue: EventCatalogue;
  readonly projections: readonly Projection[];
  readonly aggregates: readonly AnyAggregate[];
  readonly map: SystemMap;
  /** Under which runs are forked. */
  readonly sagas: readonly Saga[];
  readonly onRunResolved?: OnResolved;
  /** How people name what runs are about. */
  readonly subjectNamed?: SubjectNamed;
  readonly namesOfSubjects?: NamesOfSubjects;
  readonly partsOfSubject?: PartsOfSubject;
  readonly redact?: Redact;
}

/** The parts of the admin router that know no module. */
export function operationsRouters(operated: Operated) {
  const { catalogue, projections, aggregates, redact } = operated;
  return {
    events: eventsRouter(catalogue, projections),
    schemas: schemasRouter(catalogue),
    streams: streamsRouter(aggregates),
    sagas: sagasRouter(operated),
    projections: projectionsRouter(projections),
    consumers: consumersRouter,
    workers: workersRouter,
    map: mapRouter(operated.map),
    alerts: alertsRouter,
    outbox: outboxRouter,
    deadLetters: deadLettersRouter(catalogue, redact),
    audit: auditRouter(operated.namesOfSubjects, operated.partsOfSubject),
    live: liveRouter,
    /** Who is signed in. */
    session: router({
      me: procedureFor("viewer")
        .input(nothing)
        .query(({ ctx }) => ctx.user),
    }),
  };
}
