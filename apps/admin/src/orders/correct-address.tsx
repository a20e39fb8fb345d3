"use client";
/** Corrects where an order goes. A correction that somebody else was faster with is shown beside theirs, and sent only when chosen. */
import { useCommand, type Failure } from "@tillstream/trpc/commands";
import { Banner, Button, Field, Select, TextInput, toast } from "@tillstream/ui";
import { useState } from "react";
import { EditDialog } from "../console/edit-dialog.tsx";
import { useWhyNotOperate } from "../console/person.ts";
import { useTRPCClient, type Outputs } from "../console/trpc.ts";
import { TwoSides } from "../console/two-sides.tsx";
import {
  addressOf,
  COUNTRIES,
  differences,
  isRequired,
  PARTS,
  wordOf,
  type Address,
  type AddressPart,
} from "./address.ts";

interface CorrectAddressProps {
  readonly orderId: string;
  readonly detail: Pick<Outputs["orders"]["byId"], "shippingAddress" | "addressVersion">;
  /** The parcel has left, or nothing is sent. */
  readonly isOver: boolean;
  /** The order has this version now, which the page is to show. */
  readonly onChanged: (version: number) => unknown;
}

interface Correction {
  readonly address: Address;
  readonly expectedVersion: number;
  readonly reason: string;
}

export function CorrectAddress(props: CorrectAddressProps) {
  const whyNot = useWhyNotOperate();
  const [asking, setAsking] = useState(false);
  return (
    <>
      {!props.isOver && (
        <p className="mt-3 border-t border-line pt-2">
          <Button size="sm" onClick={() => setAsking(true)} disabled={whyNot !== undefined} title={whyNot}>
            Correct address
          </Button>
        </p>
      )}
      {asking && <CorrectDialog {...props} onClose={() => setAsking(false)} />}
    </>
  );
}

function CorrectDialog({ orderId, detail, isOver, onChanged, onClose }: CorrectAddressProps & { onClose(): void }) {
  const { orders } = useTRPCClient();
  const theirs = addressOf(detail.shippingAddress);
  const [edit, setEdit] = useState<Correction>({ address: theirs, expectedVersion: detail.addressVersion, reason: "" });
  const correct = useCommand({
    name: "orders.correctAddress",
    subject: orderId,
    send: ({ address, ...sent }: Correction, call) =>
      orders.correctAddress.mutate({ orderId, shippingAddress: address, ...sent }, call),
    onDone: async ({ version }) => {
      await onChanged(version);
      onClose();
      toast.success("The address is corrected.");
    },
    onRefused: () => onChanged(0),
    onKept: setEdit,
  });
  const { address, reason } = edit;
  const isOvertaken = detail.addressVersion > edit.expectedVersion && correct.state !== "sending";
  const change = (more: Partial<Correction>) => {
    if (correct.state !== "idle") correct.reset();
    setEdit({ ...edit, ...more });
  };
  const failure = correct.state === "refused" ? correct.failure : undefined;
  return (
    <EditDialog
      command={correct}
      what="the correction"
      title="Correct the address?"
      description="Until the parcel has its label. Where the carrier could not make one, it is asked again with the new address."
      confirmLabel="Correct address"
      blocked={isOver || isOvertaken || differences(theirs, address).length === 0}
      reason={{ typed: reason, set: (typed) => change({ reason: typed }) }}
      isTold={isOvertaken || (failure !== undefined && isToldAtFields(failure))}
      onSubmit={() => void correct.run({ ...edit, reason: reason.trim() })}
      onClose={onClose}
    >
      {() => (
        <>
          {isOver && (
            <Banner tone="waiting" role="alert" title="It is too late to correct it">
              The parcel has its label by now, or the order is over. Nothing of yours is saved.
            </Banner>
          )}
          {isOvertaken && (
            <Overtaken
              theirs={theirs}
              mine={address}
              says={failure?.reason === "ADDRESS_CHANGED" ? failure.message : undefined}
              onChoose={(chosen) => change({ address: chosen, expectedVersion: detail.addressVersion })}
            />
          )}
          <AddressFields address={address} failure={failure} onChange={(changed) => change({ address: changed })} />
        </>
      )}
    </EditDialog>
  );
}

const isToldAtFields = ({ fields }: Failure): boolean =>
  fields.length > 0 && fields.every(({ field }) => field.startsWith("shippingAddress."));

interface AddressFieldsProps {
  address: Address;
  failure: Failure | undefined;
  onChange(address: Address): void;
}

function AddressFields({ address, failure, onChange }: AddressFieldsProps) {
  const errorOf = (part: AddressPart) =>
    failure?.reason === "ADDRESS_CHANGED"
      ? undefined
      : failure?.fields.find(({ field }) => field === `shippingAddress.${part}`)?.message;
  return PARTS.map((part) => {
    const set = (text: string) => onChange({ ...address, [part]: text });
    const required = isRequired(part, address.country);
    return (
      <Field
        key={part}
        label={wordOf(part, address.country)}
        required={required}
        optional={!required}
        error={errorOf(part)}
      >
        {part === "country" ? (
          <Select value={address.country} options={COUNTRIES} onChange={({ target }) => set(target.value)} />
        ) : (
          <TextInput value={address[part]} maxLength={200} onChange={({ target }) => set(target.value)} />
        )}
      </Field>
    );
  });
}

interface OvertakenProps {
  theirs: Address;
  mine: Address;
  /** Who was faster, and when, where that was told. */
  says: string | undefined;
  /** What is to be corrected, from their version on. */
  onChoose(address: Address): void;
}

function Overtaken({ theirs, mine, says, onChoose }: OvertakenProps) {
  return (
    <section aria-label="Another correction" className="space-y-3">
      <Banner tone="waiting" role="alert" title="Somebody corrected this address meanwhile">
        {says ?? "Nothing of yours is saved, and nothing that you typed is lost."}
      </Banner>
      {differences(theirs, mine).map((part) => (
        <TwoSides key={part} field={wordOf(part, theirs.country)} theirs={theirs[part]} mine={mine[part]} />
      ))}
      <div className="flex flex-wrap gap-2">
        <Button size="sm" onClick={() => onChoose(theirs)}>
          Use theirs
        </Button>
        <Button size="sm" onClick={() => onChoose(mine)}>
          Keep mine
        </Button>
      </div>
    </section>
  );
}
