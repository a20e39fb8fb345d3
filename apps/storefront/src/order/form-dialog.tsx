"use client";
/** A form of the order's page in a dialog, with its refusal and an outcome that is not known in it. */
import { isUnsettled } from "@tillstream/trpc/commands";
import type { AskedCommand } from "@tillstream/trpc/commands";
import { Banner, Button, Dialog } from "@tillstream/ui";
import type { ReactNode } from "react";
import { SignInAgain } from "../shop/sign-in-again.tsx";
import { Unsettled } from "../shop/unsettled.tsx";

interface FormDialogProps {
  readonly command: AskedCommand;
  readonly title: string;
  readonly description: ReactNode;
  readonly confirmLabel: string;
  /** What may have happened: "your return was announced". */
  readonly whether: string;
  /** What is missing before it can be sent. */
  readonly problem: string | undefined;
  /** Why it can no longer be sent: what it is about has changed meanwhile. */
  readonly over?: string | undefined;
  readonly children: ReactNode;
  onSubmit(): void;
  onClose(): void;
}

export function FormDialog(props: FormDialogProps) {
  const { command, title, description, confirmLabel, whether, problem, over, children, onSubmit, onClose } = props;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      description={description}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            Leave it
          </Button>
          <Button
            variant="primary"
            loading={command.state === "sending"}
            disabled={isUnsettled(command) || over !== undefined}
            onClick={onSubmit}
          >
            {confirmLabel}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        {over !== undefined && (
          <Banner tone="waiting" role="alert">
            {over}
          </Banner>
        )}
        {children}
        {problem !== undefined && (
          <p role="alert" className="text-failed">
            {problem}
          </p>
        )}
        {command.state === "refused" && (
          <Banner tone="failed" role="alert">
            {command.failure?.message} <SignInAgain failure={command.failure} />
          </Banner>
        )}
        {isUnsettled(command) && <Unsettled whether={whether} command={command} />}
      </div>
    </Dialog>
  );
}
