"use client";
/** One fault: what it does, whether it is on, by whom and until when, and its switch. */
import { isUnsettled } from "@tillstream/trpc/commands";
import { Banner, Button, Instant, StatusBadge, TextLink, useNow } from "@tillstream/ui";
import type { ReactNode } from "react";
import { FailureText, OutcomeUnknown } from "../console/command-outcome.tsx";
import { useWhyNotOperate } from "../console/person.ts";
import { FAULTS, saysOf } from "./fault-words.ts";
import type { Fault, FaultName } from "./fault-words.ts";
import { useFaultSwitch } from "./use-faults.ts";
import type { SwitchInput } from "./use-faults.ts";

interface FaultRowProps {
  name: FaultName;
  fault: Fault | undefined;
  minutes: number;
  /** What switching on sends. */
  value: SwitchInput["value"];
  /** How it is to be, while it is off. */
  children?: ReactNode;
}

export function FaultRow({ name, fault, minutes, value, children }: FaultRowProps) {
  const { title, effect, look } = FAULTS[name];
  const command = useFaultSwitch(name);
  const whyNot = useWhyNotOperate();
  const isOn = fault !== undefined;
  return (
    <li className="grid gap-x-6 gap-y-3 border-b border-line px-4 py-3 last:border-b-0 lg:grid-cols-[minmax(0,1fr)_minmax(0,26rem)]">
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h3 className="font-semibold">{title}</h3>
          <StatusBadge status={isOn ? "waiting" : "parked"}>{isOn ? "on" : "off"}</StatusBadge>
        </div>
        <p className="text-ink-soft">{effect}</p>
        <p className="text-sm text-muted">
          Look at{" "}
          {look.map(({ href, label }, index) => (
            <span key={href}>
              {index > 0 && ", "}
              <TextLink href={href}>{label}</TextLink>
            </span>
          ))}
        </p>
      </div>
      <div className="flex min-w-0 flex-wrap items-end gap-2 lg:justify-end">
        {fault === undefined ? children : <TimeLeft fault={fault} />}
        <Button
          size="sm"
          variant={isOn ? "primary" : "secondary"}
          aria-label={`${isOn ? "Turn off" : "Switch on"}: ${title}`}
          disabled={whyNot !== undefined}
          title={whyNot}
          loading={command.state === "sending"}
          onClick={() => void command.run({ value: isOn ? null : value, minutes })}
        >
          {isOn ? "Turn off" : "Switch on"}
        </Button>
        {command.state === "refused" && command.failure !== undefined && (
          <Banner tone="failed" role="alert" className="w-full">
            <FailureText failure={command.failure} />
          </Banner>
        )}
        {isUnsettled(command) && <OutcomeUnknown what="the switch" command={command} />}
      </div>
    </li>
  );
}

function TimeLeft({ fault }: { fault: Fault }) {
  const now = useNow();
  const left = now === undefined ? undefined : Math.max(0, Math.ceil((Date.parse(fault.expiresAt) - now) / 1_000));
  return (
    <p className="min-w-0 flex-1 text-sm lg:text-right">
      <span className="font-medium">{saysOf(fault)}</span>
      <span className="block text-muted">
        by {fault.setBy}, until <Instant at={fault.expiresAt} format="time" />
        {left !== undefined && <span className="figures">, {clockOf(left)} left</span>}
      </span>
    </p>
  );
}

const clockOf = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
