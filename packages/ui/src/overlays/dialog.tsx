"use client";
import X from "lucide-react/icons/x";
import * as Primitive from "radix-ui/dialog";
import type { ReactNode } from "react";
import { IconButton } from "../actions/icon-button.tsx";
import { cn } from "../cn.ts";
import { useFocusReturn } from "./focus-return.ts";

export type DialogProps = {
  open?: boolean | undefined;
  onOpenChange?: ((open: boolean) => void) | undefined;
  /** The button that opens it, when the dialog keeps its own state. Focus returns to it. */
  trigger?: ReactNode | undefined;
  title: ReactNode;
  description?: ReactNode | undefined;
  children?: ReactNode | undefined;
  /** Buttons at the foot, the confirming one last. */
  footer?: ReactNode | undefined;
  size?: "sm" | "md" | "lg" | undefined;
};

const widths = { sm: "max-w-sm", md: "max-w-lg", lg: "max-w-3xl" };

/** One question or task that must be settled before going on. Escape and a click beside it close it. */
export function Dialog({
  open,
  onOpenChange,
  trigger,
  title,
  description,
  children,
  footer,
  size = "md",
}: DialogProps) {
  const focusReturn = useFocusReturn(trigger !== undefined);
  return (
    <Primitive.Root {...(open === undefined ? {} : { open })} {...(onOpenChange === undefined ? {} : { onOpenChange })}>
      {trigger !== undefined && <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>}
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-50 animate-fade bg-shade" />
        <Primitive.Content
          {...(description === undefined ? { "aria-describedby": undefined } : {})}
          {...focusReturn}
          className={cn(
            "floating fixed inset-x-4 top-[min(12vh,7rem)] z-50 mx-auto flex max-h-[calc(100dvh-min(24vh,14rem))] max-sm:top-4 max-sm:max-h-[calc(100dvh-2rem)] animate-rise flex-col rounded-lg focus-visible:outline-none",
            widths[size],
          )}
        >
          <div className="flex items-start gap-4 px-6 pt-5 pb-3 console:px-4 console:pt-3.5 console:pb-2">
            <div className="min-w-0 flex-1">
              <Primitive.Title className="heading text-xl console:text-lg">{title}</Primitive.Title>
              {description && (
                <Primitive.Description className="mt-1 text-ink-soft">{description}</Primitive.Description>
              )}
            </div>
            <Primitive.Close asChild>
              <IconButton label="Close" size="sm" icon={<X size={16} aria-hidden="true" />} className="-mt-1 -mr-2" />
            </Primitive.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto px-6 pb-6 console:px-4 console:pb-4">{children}</div>
          {footer && (
            <div className="flex flex-wrap justify-end gap-2 border-t border-line px-6 py-4 console:px-4 console:py-3">
              {footer}
            </div>
          )}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
