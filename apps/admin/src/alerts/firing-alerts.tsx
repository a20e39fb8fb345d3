"use client";
/** The overview's first thing, while there is one: what is wrong, whom it hurts, and what to do. */
import { Instant, Link, LinkButton, StatusBadge, useNow } from "@tillstream/ui";
import { Actor } from "../console/actor.tsx";
import { secondsText } from "../console/subscription-state.ts";
import { Told } from "../console/told.tsx";
import { AcknowledgeAlert } from "./acknowledge-alert.tsx";
import { alertHref } from "./alert-href.ts";
import { alikeOf, beganAt, lastedSeconds, stateOf, titleOf, type Alert, type AlertGroup } from "./alert-state.ts";
import { useFiringGroups } from "./use-alerts.ts";

export function FiringAlerts() {
  const groups = useFiringGroups();
  if (groups.length === 0) return null;
  return (
    <section aria-labelledby="firing" className="mb-4 min-w-0 space-y-3">
      <h2 id="firing" className="sr-only">
        Firing alerts
      </h2>
      {groups.map((group) => (
        <FiringGroup key={group.cause.id} group={group} />
      ))}
    </section>
  );
}

function FiringGroup({ group: { cause, followers } }: { group: AlertGroup }) {
  const nowMs = useNow();
  const { word, status } = stateOf(cause);
  const open = followers.filter((alert) => alert.status !== "resolved");
  return (
    <article
      aria-label={titleOf(cause)}
      className={`min-w-0 rounded-lg border-2 bg-surface p-4 ${cause.acknowledged === null ? "border-failed" : "border-running"}`}
    >
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h3 className="heading text-2xl">{titleOf(cause)}</h3>
          <p className="mt-1 flex flex-wrap items-center gap-x-2 text-sm text-ink-soft">
            <StatusBadge status={status}>{word}</StatusBadge>
            <span>
              since <Instant at={beganAt(cause)} format="time" />
              {nowMs !== undefined && `, for ${secondsText(lastedSeconds(cause, nowMs))}`}
            </span>
            {cause.detail !== null && (
              <span className="min-w-0 break-words">
                <Told text={cause.detail} />
              </span>
            )}
          </p>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <LinkButton href={alertHref(cause)} size="sm">
            Look
          </LinkButton>
          {cause.acknowledged === null && <AcknowledgeAlert alert={cause} />}
        </div>
      </div>
      <dl className="mt-3 grid gap-x-6 gap-y-2 text-sm sm:grid-cols-[max-content_minmax(0,1fr)]">
        <Fact word="Hurts">{cause.effect}</Fact>
        <Fact word="Do">{cause.next}</Fact>
        {cause.acknowledged !== null && (
          <Fact word="Acknowledged">
            by <Actor actor={cause.acknowledged.by} name={cause.acknowledged.name} /> at{" "}
            <Instant at={cause.acknowledged.at} format="time" />: {cause.acknowledged.reason}
          </Fact>
        )}
        {open.length > 0 && (
          <Fact word={`${open.length} follow${open.length === 1 ? "s" : ""}`}>
            <Followers alerts={open} />
          </Fact>
        )}
      </dl>
    </article>
  );
}

function Fact({ word, children }: { word: string; children: React.ReactNode }) {
  return (
    <>
      <dt className="text-muted max-sm:-mb-2">{word}</dt>
      <dd className="min-w-0 text-ink">{children}</dd>
    </>
  );
}

/** Those of one check together. */
function Followers({ alerts }: { alerts: readonly Alert[] }) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1">
      {alikeOf(alerts).map(({ first, subjects }) => (
        <li key={first.check} className="min-w-0">
          <Link
            href={subjects.length === 1 ? alertHref(first) : first.path}
            className="inline-flex min-h-6 items-center underline decoration-line-strong underline-offset-3 hover:decoration-current"
          >
            {titleOf({ title: first.title, subject: subjects.join(", ") })}
          </Link>
        </li>
      ))}
    </ul>
  );
}
