"use client";
/** Findings as rows: what differs, about which order and charge, how much money, and what was done. */
import { CopyableId, Instant, Money, StatusBadge, Table, TBody, Td, Term, Th, THead, Tr } from "@tillstream/ui";
import type { ReactNode } from "react";
import { actorWords } from "../console/actor-words.ts";
import { orderHref } from "../links/events.ts";
import { AcceptFinding } from "./accept-finding.tsx";
import { findingColumns, findingState, kindMeaning, kindWord, type Finding } from "./finding-words.ts";

export function FindingTable({ findings, children }: { findings: readonly Finding[]; children?: ReactNode }) {
  return (
    <Table label="Findings, newest first" density="reading">
      <THead>
        <Tr>
          {findingColumns.map((column) => (
            <Th key={column} numeric={column === "Amount"}>
              {column}
            </Th>
          ))}
        </Tr>
      </THead>
      <TBody>
        {findings.map((finding) => (
          <FindingRow key={finding.id} finding={finding} />
        ))}
        {children}
      </TBody>
    </Table>
  );
}

function FindingRow({ finding }: { finding: Finding }) {
  const { kind, orderId, orderNumber, chargeId, amount, detail, firstSeen, lastSeen } = finding;
  const state = findingState(finding);
  return (
    <Tr>
      <Td>
        <StatusBadge status={state.status} quiet>
          {state.word}
        </StatusBadge>
      </Td>
      <Td>
        <Term meaning={kindMeaning[kind]}>{kindWord[kind]}</Term>
      </Td>
      <Td label="Order">
        {orderId !== null && orderId !== "" && (
          <CopyableId
            id={orderId}
            name={orderNumber ?? undefined}
            what="order id"
            {...(orderNumber !== null && { href: orderHref(orderId) })}
            head={8}
            tail={4}
          />
        )}
      </Td>
      <Td label="Charge">{chargeId !== null && <CopyableId id={chargeId} what="charge id" head={8} tail={4} />}</Td>
      <Td numeric label="Amount">
        <Money value={amount} />
      </Td>
      <Td wide className="min-w-56 wrap-anywhere">
        {detail}
      </Td>
      <Td label="Seen">
        <Instant at={firstSeen} />
        {lastSeen !== firstSeen && (
          <span className="block text-muted">
            last <Instant at={lastSeen} />
          </span>
        )}
      </Td>
      <Td className="wrap-anywhere">
        <Settlement finding={finding} />
      </Td>
    </Tr>
  );
}

/** What an operator did about it, or may do. */
function Settlement({
  finding: { id, status, resolvedAt, acceptedBy, actorName, acceptedReason },
}: {
  finding: Finding;
}) {
  if (acceptedReason !== null && acceptedBy !== null)
    return <Term meaning={`Accepted by ${actorWords(acceptedBy, actorName)}.`}>{acceptedReason}</Term>;
  return status === "attention" && resolvedAt === null ? <AcceptFinding findingId={id} /> : null;
}
