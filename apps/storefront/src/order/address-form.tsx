"use client";
/** Corrects where the order goes, by the rules of the checkout, until the parcel has its label. */
import type { Aftercare } from "@tillstream/commerce";
import { postalCodeProblem, postalRule, tidyPostalCode } from "@tillstream/commerce/postal-rules";
import { useCommand } from "@tillstream/trpc/commands";
import { visibleText } from "@tillstream/trpc/visible-text";
import { Field, TextInput } from "@tillstream/ui";
import { useState } from "react";
import { send } from "../shop/calls.ts";
import { addressLines, addressParts } from "./address-lines.ts";
import { FormDialog } from "./form-dialog.tsx";
import type { OrderAccess } from "./order-stream.ts";

interface AddressFormProps {
  readonly access: OrderAccess;
  readonly aftercare: Aftercare;
  /** Why it can no longer be corrected. */
  readonly over: string | undefined;
  onDone(): unknown;
  /** Somebody else may have been faster: what is known is to be looked at again. */
  onRefused(): unknown;
  onClose(): void;
}

const PARTS = ["name", "line1", "line2", "postalCode", "city", "region"] as const;
type Part = (typeof PARTS)[number];

/** From top to bottom, as the checkout has them. */
const orderedParts = (country: string): readonly Part[] => ["name", "line1", "line2", ...addressParts(country)];
type Typed = Readonly<Record<Part, string>>;

const MISSING: Readonly<Partial<Record<Part, string>>> = {
  name: "Enter a full name",
  line1: "Enter a street and number",
  city: "Enter a city",
};

export function AddressForm({ access, aftercare, over, onDone, onRefused, onClose }: AddressFormProps) {
  const { country = "" } = aftercare.address;
  const [typed, setTyped] = useState(() => partsOf(aftercare.address));
  const [seenVersion, setSeenVersion] = useState(aftercare.addressVersion);
  const [asked, setAsked] = useState(false);
  const correct = useCommand({
    name: "orders.correctAddress",
    subject: access.orderId,
    send: ({ address, expectedVersion }: { address: Typed; expectedVersion: number }, call) =>
      send(
        "orders",
        "correctAddress",
        { ...access, shippingAddress: { ...address, country: country as "US" }, expectedVersion }, // the order's own country
        call,
      ),
    onDone,
    onRefused,
  });
  const isOvertaken = correct.state === "refused" && aftercare.addressVersion !== seenVersion;
  const missing = asked ? problemsOf(typed, country) : {};
  const told = correct.state === "refused" ? (correct.failure?.fields ?? []) : [];
  const { codeName = "postal code", regionName = "region", optional = false } = postalRule(country) ?? {};
  const labels = {
    name: "Full name",
    line1: "Street and number",
    line2: "Apartment, suite, floor",
    postalCode: capitalised(codeName),
    city: "City",
    region: capitalised(regionName),
  };
  const isOptional = (part: Part) => part === "line2" || part === "region" || (part === "postalCode" && optional);
  const submit = () => {
    setAsked(true);
    if (Object.keys(problemsOf(typed, country)).length > 0) return;
    // Who was told of another correction has seen it by now.
    setSeenVersion(aftercare.addressVersion);
    void correct.run({ address: typed, expectedVersion: isOvertaken ? aftercare.addressVersion : seenVersion });
  };
  return (
    <FormDialog
      command={correct}
      title="Where should it go?"
      description="You can correct the address until the parcel has its label. The country stays, since delivery and tax went by it."
      confirmLabel="Correct the address"
      whether="your correction was saved"
      problem={isOvertaken ? `As it is now, it goes to ${addressLines(aftercare.address).join(", ")}.` : undefined}
      over={over}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        {orderedParts(country).map((part) => (
          <Field
            key={part}
            label={labels[part]}
            required={!isOptional(part)}
            optional={isOptional(part)}
            error={missing[part] ?? told.find(({ field }) => field === `shippingAddress.${part}`)?.message}
            className={part.startsWith("line") || part === "name" ? "sm:col-span-2" : undefined}
          >
            <TextInput
              value={typed[part]}
              maxLength={200}
              onChange={({ target }) => {
                if (correct.state === "refused" && !isOvertaken) correct.reset();
                setTyped({ ...typed, [part]: target.value });
              }}
            />
          </Field>
        ))}
      </div>
    </FormDialog>
  );
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function partsOf(address: Aftercare["address"]): Typed {
  const { name = "", line1 = "", line2 = "", postalCode = "", city = "", region = "" } = address;
  return { name, line1, line2, postalCode, city, region };
}

function problemsOf(typed: Typed, country: string): Partial<Record<Part, string>> {
  const problems: Partial<Record<Part, string>> = {};
  for (const part of PARTS) {
    const message = MISSING[part];
    if (message !== undefined && visibleText(typed[part]) === "") problems[part] = message;
  }
  const postal = postalCodeProblem(tidyPostalCode(visibleText(typed.postalCode), country), country);
  return postal === undefined ? problems : { ...problems, postalCode: postal };
}
