"use client";
/** A new code: what it takes off, for whom and when. */
import { isUnsettled, useCommand } from "@tillstream/trpc/commands";
import { Banner, Button, Dialog, Field, RadioCard, RadioGroup, Textarea, TextInput, toast } from "@tillstream/ui";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { FailureText, OutcomeUnknown } from "../console/command-outcome.tsx";
import { useWhyNotOperate } from "../console/person.ts";
import { useTRPC, useTRPCClient } from "../console/trpc.ts";
import { CURRENCY } from "./discount-words.ts";
import { checkCode, codeInput, EMPTY_CODE, type CodeDraft } from "./new-code.ts";

const REASON_LENGTH_MAX = 500;

export function NewDiscount() {
  const whyNot = useWhyNotOperate();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button size="sm" onClick={() => setAsking(true)} disabled={whyNot !== undefined} title={whyNot}>
        New code
      </Button>
      {asking && <NewCodeDialog onClose={() => setAsking(false)} />}
    </>
  );
}

function NewCodeDialog({ onClose }: { onClose(): void }) {
  const trpc = useTRPC();
  const { discounts } = useTRPCClient();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState(EMPTY_CODE);
  const [asked, setAsked] = useState(false);
  const create = useCommand({
    name: "discounts.create",
    send: (sent: CodeDraft, call) => discounts.create.mutate(codeInput(sent), call),
    onDone: async ({ code }) => {
      await queryClient.invalidateQueries({ queryKey: trpc.discounts.list.pathKey() });
      onClose();
      toast.success(`Code ${code} is there.`);
    },
    onKept: setDraft,
  });
  const failure = create.state === "refused" ? create.failure : undefined;
  const errors = checkCode(draft);
  const change = (more: Partial<CodeDraft>) => {
    if (create.state !== "idle") create.reset();
    setDraft({ ...draft, ...more });
  };
  const close = () => {
    create.reset();
    onClose();
  };
  const submit = () => {
    setAsked(true);
    if (Object.keys(errors).length === 0) void create.run(draft);
  };
  const errorOf = (name: keyof CodeDraft) =>
    asked ? (errors[name] ?? failure?.fields.find(({ field }) => field === name)?.message) : undefined;
  const text = (
    name: keyof CodeDraft,
    label: string,
    more: { hint?: string; type?: string; digits?: boolean } = {},
  ) => (
    <Field label={label} hint={more.hint} error={errorOf(name)} required={name === "code" || name === "value"}>
      <TextInput
        mono
        type={more.type ?? "text"}
        autoComplete="off"
        inputMode={more.digits === true ? "decimal" : undefined}
        maxLength={40}
        value={draft[name]}
        onChange={({ target }) => change({ [name]: name === "code" ? target.value.toUpperCase() : target.value })}
      />
    </Field>
  );
  const isPercent = draft.kind === "percent";
  return (
    <Dialog
      open
      onOpenChange={close}
      title="New discount code"
      description="Customers can use it from its start. What it takes off stays as it is; it can be ended at any time."
      footer={
        <>
          <Button variant="ghost" onClick={close}>
            Cancel
          </Button>
          <Button
            variant="primary"
            loading={create.state === "sending"}
            disabled={isUnsettled(create)}
            onClick={submit}
          >
            Create code
          </Button>
        </>
      }
    >
      <div className="space-y-3">
        {text("code", "Code", { hint: "Customers type it at the checkout, such as SPRING-10." })}
        <RadioGroup legend="What it takes off" className="grid-cols-2">
          <RadioCard
            name="kind"
            checked={isPercent}
            onChange={() => change({ kind: "percent" })}
            title="A share of the goods"
          />
          <RadioCard name="kind" checked={!isPercent} onChange={() => change({ kind: "amount" })} title="An amount" />
        </RadioGroup>
        {text("value", isPercent ? "Percent" : `Amount in ${CURRENCY}`, { digits: true })}
        <div className="grid gap-3 sm:grid-cols-2">
          {text("minimum", `Only from goods of (${CURRENCY})`, { hint: "Empty: from any.", digits: true })}
          {text("usesMax", "Uses in all", { hint: "Empty: as many as there are.", digits: true })}
          {text("usesPerCustomerMax", "Uses for each customer", { digits: true })}
          <span className="max-sm:hidden" />
          {text("startsAt", "Starts", { hint: "Empty: at once.", type: "datetime-local" })}
          {text("endsAt", "Ends", { hint: "Empty: never.", type: "datetime-local" })}
        </div>
        <Field label="Reason" required error={errorOf("reason")}>
          <Textarea
            value={draft.reason}
            maxLength={REASON_LENGTH_MAX}
            onChange={({ target }) => change({ reason: target.value })}
          />
        </Field>
        {failure !== undefined && (
          <Banner tone="failed" role="alert">
            <FailureText failure={failure} />
          </Banner>
        )}
        {isUnsettled(create) && <OutcomeUnknown what="the new code" command={create} />}
      </div>
    </Dialog>
  );
}
