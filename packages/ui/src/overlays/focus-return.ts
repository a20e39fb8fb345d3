"use client";
/**
 * Where focus goes when an overlay opens: to its first field. And when it closes: back to what opened it; when that is gone or can no longer be used, to what it stood
 * in; and to the page's content when the overlay led to another page.
 */
import { useRef } from "react";

/**
 * What is typed into: where there is one, that is what the overlay was opened for. Not a quantity, which has its buttons: on a
 * phone the keyboard would cover half of the cart.
 */
const FIELD = "textarea, select, input:not([type=radio], [type=checkbox], [type=hidden], [data-quantity])";

export interface FocusReturn {
  onOpenAutoFocus(event: Event): void;
  onCloseAutoFocus(event: Event): void;
}

/** What opened the last overlay. */
let lastOpener: Element | null = null;

/** The control at which something is done now: what has the focus, or what opened the dialog that has it. */
export function openerNow(): Element | null {
  const { activeElement } = document;
  return activeElement?.closest("[role=dialog]") ? lastOpener : activeElement;
}

/** For the content of a Radix dialog, which knows no opener but its own trigger. */
export function useFocusReturn(hasTrigger: boolean): FocusReturn {
  const opener = useRef<Element | null>(null);
  const openedOn = useRef("");
  return {
    onOpenAutoFocus(event) {
      opener.current = document.activeElement;
      lastOpener = opener.current;
      openedOn.current = location.pathname;
      const { currentTarget: content } = event;
      const field = content instanceof HTMLElement ? content.querySelector<HTMLElement>(FIELD) : null;
      if (field === null) return;
      event.preventDefault();
      field.focus();
    },
    onCloseAutoFocus(event) {
      const navigated = location.pathname !== openedOn.current;
      if (hasTrigger && !navigated) return;
      event.preventDefault();
      if (navigated) focusMain();
      else giveBack(opener.current);
    },
  };
}

export function giveBack(opener: Element | null): void {
  if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
  if (document.activeElement === opener && opener !== document.body) return;
  const around = opener?.isConnected === true ? opener.closest<HTMLElement>("[tabindex]") : null;
  if (around === null) focusMain();
  else around.focus();
}

function focusMain(): void {
  document.querySelector("main")?.focus({ preventScroll: true });
}
