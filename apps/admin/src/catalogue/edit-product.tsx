"use client";
/** Edits the words of a product. An edit that somebody else was faster with is shown beside theirs, and saved only when chosen. */
import { isUnsettled, useCommand } from "@tillstream/trpc/commands";
import { Banner, Button, Panel } from "@tillstream/ui";
import { useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { FailureText, OutcomeUnknown } from "../console/command-outcome.tsx";
import { useWhyNotOperate } from "../console/person.ts";
import { useTRPC, useTRPCClient } from "../console/trpc.ts";
import { useUndo } from "../console/use-undo.ts";
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
  const refresh = () => queryClient.invalidateQueries({ queryKey: trpc.catalogue.bySlug.queryKey({ slug }) });
  const offerUndo = useUndo({
    name: "catalogue.updateProduct",
    subject: slug,
    send: ({ draft, version }: Pick<Edit, "draft" | "version">, call) =>
      catalogue.updateProduct.mutate({ slug, version, ...textsOf(draft), reason: "Undone (the edit before)" }, call),
    refresh,
  });
  const save = useCommand({
    name: "catalogue.updateProduct",
    subject: slug,
    send: ({ draft, version }: Pick<Edit, "draft" | "version">, call) =>
      catalogue.updateProduct.mutate({ slug, version, ...textsOf(draft) }, call),
    onDone: async ({ version }, { draft }) => {
      setEdit({ draft, base: draft, version });
      await refresh();
      offerUndo(`The words of ${draft.name} are saved.`, { draft: edit.base, version });
    },
    onRefused: refresh,
    onKept: ({ draft, version }) => setEdit((before) => ({ ...before, draft, version })),
  });
  const failure = save.state === "refused" ? save.failure : undefined;
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
    void save.run({ draft: edit.draft, version: edit.version });
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
