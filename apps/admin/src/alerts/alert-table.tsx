"use client";
/** Alerts as rows: firing first, then pending, then resolved. */
import { Instant, Link, StatusBadge, Table, TBody, Td, Term, Th, THead, Tr, useNow } from "@tillstream/ui";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { meaningOf } from "../console/definitions.ts";
import { useRowKeys } from "../console/use-row-keys.ts";
import { projectionHref } from "../links/events.ts";
import { secondsText } from "../console/subscription-state.ts";
import { alertStatus, beganAt, firingFirst, lastedSeconds, type Alert } from "./alert-state.ts";

export const alertColumns = 7;

interface AlertTableProps {
  label: string;
  alerts: readonly Alert[];
  /** In place of rows. */
  children?: ReactNode;
}

export function AlertTable({ label, alerts, children }: AlertTableProps) {
  const nowMs = useNow();
  const router = useRouter();
  const rows = firingFirst(alerts);
  const { chosen, rowRef } = useRowKeys(
    rows.map(({ id }) => String(id)),
    (id) => router.push(projectionHref(rows.find((alert) => String(alert.id) === id)?.projection ?? "")),
  );
  return (
    <Table label={label}>
      <THead>
        <Tr>
          <Th>Status</Th>
          <Th className="w-full">Projection</Th>
          <Th numeric>
            <Term meaning={meaningOf.alertThreshold}>Limit</Term>
          </Th>
          <Th numeric>Peak lag</Th>
          <Th>Since</Th>
          <Th numeric>Lasted</Th>
          <Th>Resolved</Th>
        </Tr>
      </THead>
      <TBody>
        {rows.map((alert) => (
          <Tr key={alert.id} ref={rowRef(String(alert.id))} selected={chosen === String(alert.id)}>
            <Td>
              <StatusBadge status={alertStatus[alert.status]} quiet={alert.status !== "firing"}>
                {alert.status}
              </StatusBadge>
            </Td>
            <Td mono>
              <Link
                href={projectionHref(alert.projection)}
                className="inline-flex min-h-6 items-center underline decoration-line-strong underline-offset-3 hover:decoration-current"
              >
                {alert.projection}
              </Link>
            </Td>
            <Td numeric label="Limit">
              {alert.thresholdSeconds} s
            </Td>
            <Td numeric label="Peak lag">
              {secondsText(alert.peakLagSeconds)}
            </Td>
            <Td label="Since">
              <Instant at={beganAt(alert)} format="precise" />
            </Td>
            <Td numeric label="Lasted">
              {nowMs === undefined && alert.resolvedAt === null ? "" : secondsText(lastedSeconds(alert, nowMs ?? 0))}
            </Td>
            <Td label="Resolved" className="text-muted">
              {alert.resolvedAt === null ? "not yet" : <Instant at={alert.resolvedAt} format="precise" />}
            </Td>
          </Tr>
        ))}
        {children}
      </TBody>
    </Table>
  );
}
