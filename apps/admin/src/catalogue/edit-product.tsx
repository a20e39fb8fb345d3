"use client";
/** Edits the words of a product, and says why, since others wrote them. An edit that somebody else was faster with is shown beside theirs, and saved only when chosen. */
import { isUnsettled, useCommand } from "@tillstream/trpc/commands";
import type { CommandCall } from "@tillstream/trpc/commands";
import { Banner, Button, Field, Panel, TextInput } from "@tillstream/ui";
import { useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { FailureText, OutcomeUnknown } from "../console/command-outcome.tsx";
import { useWhyNotOperate } from "../console/person.ts";
import { useTRPC, useTRPCClient } from "../console/trpc.ts";
import { undoing, useUndo } from "../console/use-undo.ts";
import { DraftFields } from "./draft-fields.tsx";
import { differences, draftOf, textsOf } from "./draft.ts";
import type { Draft } from "./draft.ts";
import { EditConflict } from "./edit-conflict.tsx";
import type { Product } from "./product.ts";

interface Edit {
  readonly draft: Draft;
  /** What it began with. */
  readonly base: Draft;
  readonly version: number;
}

/** What is sent. */
interface Sent extends Pick<Edit, "draft" | "version"> {
  readonly reason: string;
}

const REASON_LENGTH_MAX = 200;

const editOf = (product: Product): Edit => {
  const base = draftOf(product);
  return { draft: base, base, version: product.version };
};

export function EditProduct({ product }: { product: Product }) {
  const { slug } = product;
  const trpc = useTRPC();
  const { catalogue } = useTRPCClient();
  const queryClient = useQueryClient();
  const whyNot = useWhyNotOperate();
  const [edit, setEdit] = useState(() => editOf(product));
  const [reason, setReason] = useState("");
  const [asked, setAsked] = useState(false);
  const refresh = () => queryClient.invalidateQueries({ queryKey: trpc.catalogue.bySlug.queryKey({ slug }) });
  const saving = {
    name: "catalogue.updateProduct",
    subject: slug,
    send: ({ draft, version, reason: why }: Sent, call: CommandCall) =>
      catalogue.updateProduct.mutate({ slug, version, ...textsOf(draft), reason: why }, call),
  };
  const offerUndo = useUndo({ ...saving, refresh });
  const save = useCommand({
    ...saving,
    onDone: async ({ version }, { draft, reason: why }) => {
      setEdit({ draft, base: draft, version });
      setReason("");
      setAsked(false);
      await refresh();
      offerUndo(`The words of ${draft.name} are saved.`, { draft: edit.base, version, reason: undoing(why) });
    },
    onRefused: refresh,
    onKept: ({ draft, version, reason: why }) => {
      setEdit((before) => ({ ...before, draft, version }));
      setReason(why);
    },
  });
  const failure = save.state === "refused" ? save.failure : undefined;
  const isMissing = reason.trim() === "";
  const hasChanges = differences(edit.draft, edit.base).length > 0;
  const isBehind = product.version > edit.version && save.state !== "sending";
  const isOvertaken = isBehind && hasChanges;
  // Nothing is being typed: what others changed is simply shown.
  if (isBehind && !hasChanges) setEdit(editOf(product));

  const set = (field: keyof Draft) => (value: string) => {
    if (save.state !== "idle") save.reset();
    setEdit((before) => ({ ...before, draft: { ...before.draft, [field]: value } }));
  };
  const rebase = (draft: Draft) => {
    save.reset();
    setEdit({ draft, base: draftOf(product), version: product.version });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (!isMissing) void save.run({ draft: edit.draft, version: edit.version, reason: reason.trim() });
  };
  const errorOf = (field: keyof Draft) =>
    failure?.reason === "PRODUCT_CHANGED"
      ? undefined
      : failure?.fields.find((problem) => problem.field.split(".")[0] === field)?.message;

  return (
    <Panel title="Words" description="What customers read. The address of its page stays.">
      {isOvertaken && (
        <EditConflict product={product} mine={edit.draft} onUseTheirs={rebase} onKeepMine={() => rebase(edit.draft)} />
      )}
      <form onSubmit={submit} className="space-y-3">
        <DraftFields draft={edit.draft} categories={product.categories} errorOf={errorOf} set={set} />
        <Field
          label="Reason"
          required
          error={asked && isMissing ? "Enter a reason. It is kept in the audit." : undefined}
        >
          <TextInput
            value={reason}
            maxLength={REASON_LENGTH_MAX}
            autoComplete="off"
            onChange={({ target }) => setReason(target.value)}
          />
        </Field>
        {failure !== undefined && !isOvertaken && (
          <Banner tone="failed" role="alert">
            <FailureText failure={failure} />
          </Banner>
        )}
        {isUnsettled(save) && <OutcomeUnknown what="the edit" command={save} />}
        <div className="flex flex-wrap items-center gap-3">
          <Button
            type="submit"
            variant="primary"
            disabled={whyNot !== undefined || !hasChanges || isOvertaken}
            title={whyNot}
            loading={save.state === "sending"}
          >
            Save
          </Button>
          <p role="status" className="text-sm text-muted">
            {save.state === "done" && !hasChanges ? "Saved. The shop shows it now." : (whyNot ?? "")}
          </p>
        </div>
      </form>
    </Panel>
  );
}
