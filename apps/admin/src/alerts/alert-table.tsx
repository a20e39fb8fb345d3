"use client";
/** Alerts as rows: firing first, then acknowledged, pending and resolved; followers under their cause. */
import { Instant, Link, StatusBadge, Table, TBody, Td, Term, Th, THead, Tr, useNow } from "@tillstream/ui";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { glossary } from "@tillstream/eventing/glossary";
import { actorWords } from "../console/actor-words.ts";
import { secondsText } from "../console/subscription-state.ts";
import { Told } from "../console/told.tsx";
import { useRowKeys } from "../console/use-row-keys.ts";
import { AcknowledgeAlert } from "./acknowledge-alert.tsx";
import { alertHref } from "./alert-href.ts";
import { beganAt, groupsOf, lastedSeconds, stateOf, titleOf, valueText, type Alert } from "./alert-state.ts";

export const alertColumns = 7;

interface AlertTableProps {
  label: string;
  alerts: readonly Alert[];
  /** In place of rows. */
  children?: ReactNode;
}

export function AlertTable({ label, alerts, children }: AlertTableProps) {
  const router = useRouter();
  const rows = groupsOf(alerts).flatMap(({ cause, followers }) => {
    const open = followers.filter(({ status }) => status !== "resolved");
    const over = followers.filter(({ status }) => status === "resolved");
    return [{ alert: cause, over, isFollower: false }, ...open.map((alert) => ({ alert, over: [], isFollower: true }))];
  });
  const { chosen, rowRef } = useRowKeys(
    rows.map(({ alert }) => String(alert.id)),
    (id) => {
      const row = rows.find(({ alert }) => String(alert.id) === id);
      if (row !== undefined) router.push(alertHref(row.alert));
    },
  );
  return (
    <Table label={label}>
      <THead>
        <Tr>
          <Th>Status</Th>
          <Th className="w-full">What is wrong</Th>
          <Th numeric>
            <Term meaning={glossary.alertThreshold}>Limit</Term>
          </Th>
          <Th numeric>Peak</Th>
          <Th>Since</Th>
          <Th numeric>Lasted</Th>
          <Th>Who</Th>
        </Tr>
      </THead>
      <TBody>
        {rows.map(({ alert, over, isFollower }) => (
          <AlertRow
            key={alert.id}
            alert={alert}
            over={over}
            isFollower={isFollower}
            rowRef={rowRef(String(alert.id))}
            selected={chosen === String(alert.id)}
          />
        ))}
        {children}
      </TBody>
    </Table>
  );
}

interface AlertRowProps {
  alert: Alert;
  /** Followers that are resolved. */
  over: readonly Alert[];
  isFollower: boolean;
  rowRef: React.Ref<HTMLTableRowElement>;
  selected: boolean;
}

function AlertRow({ alert, over, isFollower, rowRef, selected }: AlertRowProps) {
  const nowMs = useNow();
  const { word, status } = stateOf(alert);
  return (
    <Tr ref={rowRef} selected={selected}>
      <Td>
        <StatusBadge status={status} quiet={alert.status !== "firing" || isFollower}>
          {word}
        </StatusBadge>
      </Td>
      <Td className={`min-w-72 whitespace-normal! py-1.5! ${isFollower ? "sm:pl-8!" : ""}`} wide>
        <div className="min-w-0">
          {isFollower && <span className="text-muted">follows </span>}
          <Link
            href={alertHref(alert)}
            className="inline-flex min-h-6 items-center underline decoration-line-strong underline-offset-3 hover:decoration-current"
          >
            {titleOf(alert)}
          </Link>
          {alert.detail !== null && alert.status !== "resolved" && (
            <span className="block text-sm text-muted break-words">
              <Told text={alert.detail} />
            </span>
          )}
          {!isFollower && alert.status !== "resolved" && (
            <span className="block text-sm text-ink-soft">{alert.next}</span>
          )}
          {over.length > 0 && (
            <details className="text-sm text-muted">
              <summary className="inline-flex min-h-6 items-center underline decoration-dotted underline-offset-3 hover:text-ink">
                {over.length} followed and {over.length === 1 ? "is" : "are"} resolved
              </summary>
              {over.map(titleOf).join("; ")}
            </details>
          )}
        </div>
      </Td>
      <Td numeric label="Limit">
        {valueText(alert.threshold, alert.unit)}
      </Td>
      <Td numeric label="Peak">
        {valueText(alert.peak, alert.unit)}
      </Td>
      <Td label="Since">
        <Instant at={beganAt(alert)} format="precise" />
      </Td>
      <Td numeric label="Lasted">
        {nowMs === undefined && alert.resolvedAt === null ? "" : secondsText(lastedSeconds(alert, nowMs ?? 0))}
      </Td>
      <Td label="Who">
        {alert.acknowledged !== null ? (
          <span title={alert.acknowledged.reason}>{actorWords(alert.acknowledged.by, alert.acknowledged.name)}</span>
        ) : alert.status === "resolved" || isFollower ? (
          <span className="text-muted">{alert.owner}</span>
        ) : (
          <span className="flex items-center justify-between gap-2">
            <span className="text-muted">{alert.owner}</span>
            <AcknowledgeAlert alert={alert} />
          </span>
        )}
      </Td>
    </Tr>
  );
}
