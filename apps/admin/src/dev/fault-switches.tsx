"use client";
/** The switches of all faults, and for how long they stay on. */
import { Field, Panel, Select } from "@tillstream/ui";
import { useState } from "react";
import { DELAYS_MS, GATEWAY_OFFERS, RATES } from "./fault-words.ts";
import type { Fault, FaultName } from "./fault-words.ts";
import { FaultRow } from "./fault-row.tsx";

const MINUTES = [1, 5, 15, 60];
const ORDERS_PER_MINUTE_MAX = 120;

interface FaultSwitchesProps {
  faults: readonly Fault[];
  consumers: readonly string[];
  projections: readonly string[];
}

export function FaultSwitches({ faults, consumers, projections }: FaultSwitchesProps) {
  const [minutes, setMinutes] = useState(5);
  const on = (name: FaultName) => faults.find((fault) => fault.name === name);
  return (
    <Panel
      title="Switches"
      description="Each ends by itself, also when nothing of the system is left to end it."
      flush
      actions={
        <Field label="For how long" labelHidden>
          <Select
            value={minutes}
            onChange={(event) => setMinutes(Number(event.target.value))}
            options={MINUTES.map((value) => ({
              value: String(value),
              label: `for ${value} ${value === 1 ? "minute" : "minutes"}`,
            }))}
          />
        </Field>
      }
    >
      <ul className="border-t border-line">
        <GatewayRow fault={on("gateway")} minutes={minutes} />
        <NamedRow kind="consumer" names={consumers} fault={on("consumerErrors")} minutes={minutes} />
        <NamedRow kind="projection" names={projections} fault={on("projectionDelayMs")} minutes={minutes} />
        <FaultRow name="relayPaused" fault={on("relayPaused")} minutes={minutes} value={true} />
        <TrafficRow fault={on("traffic")} minutes={minutes} />
      </ul>
    </Panel>
  );
}

interface RowProps {
  fault: Fault | undefined;
  minutes: number;
}

function GatewayRow({ fault, minutes }: RowProps) {
  const [chosen, setChosen] = useState(0);
  const value = GATEWAY_OFFERS[chosen]?.value ?? true;
  return (
    <FaultRow name="gateway" fault={fault} minutes={minutes} value={value}>
      <Field label="What the gateway does" labelHidden className="flex-1">
        <Select
          value={chosen}
          onChange={(event) => setChosen(Number(event.target.value))}
          options={GATEWAY_OFFERS.map(({ label }, index) => ({ value: String(index), label }))}
        />
      </Field>
    </FaultRow>
  );
}

const kinds = {
  consumer: {
    name: "consumerErrors",
    degree: "Which share of its events fails",
    degrees: RATES.map((rate) => ({ value: rate, label: `${rate * 100} % fail` })),
    valueOf: (consumer: string, rate: number) => ({ consumer, rate }),
  },
  projection: {
    name: "projectionDelayMs",
    degree: "How late it is",
    degrees: DELAYS_MS.map((ms) => ({ value: ms, label: `late by ${ms / 1_000} s` })),
    valueOf: (projection: string, ms: number) => ({ projection, ms }),
  },
} as const;

/** One that is chosen by its name, and to which degree. */
function NamedRow({ kind, names, fault, minutes }: RowProps & { kind: keyof typeof kinds; names: readonly string[] }) {
  const { name, degree, degrees, valueOf } = kinds[kind];
  const [target, setTarget] = useState(names[0] ?? "");
  const [degreeChosen, setDegree] = useState<number>(degrees[0]?.value ?? 1);
  return (
    <FaultRow name={name} fault={fault} minutes={minutes} value={valueOf(target, degreeChosen)}>
      <Field label={`Which ${kind}`} labelHidden className="flex-1">
        <Select
          value={target}
          onChange={(event) => setTarget(event.target.value)}
          options={names.map((one) => ({ value: one, label: one }))}
        />
      </Field>
      <Field label={degree} labelHidden>
        <Select
          value={degreeChosen}
          onChange={(event) => setDegree(Number(event.target.value))}
          options={degrees.map(({ value, label }) => ({ value: String(value), label }))}
        />
      </Field>
    </FaultRow>
  );
}

function TrafficRow({ fault, minutes }: RowProps) {
  const [rate, setRate] = useState(30);
  return (
    <FaultRow name="traffic" fault={fault} minutes={minutes} value={{ ordersPerMinute: rate }}>
      <label className="flex min-w-0 flex-1 items-center gap-3 text-sm">
        <input
          type="range"
          min={1}
          max={ORDERS_PER_MINUTE_MAX}
          value={rate}
          aria-label="Orders a minute"
          aria-valuetext={`${rate} orders a minute`}
          onChange={(event) => setRate(Number(event.target.value))}
          className="h-6 min-w-0 flex-1 accent-(--accent)"
        />
        <span className="figures w-24 shrink-0 text-right">{rate} a minute</span>
      </label>
    </FaultRow>
  );
}
