"use client";
/** What the keys do, on `?`, and the switch that turns them off. */
import { Checkbox, Dialog, IconButton, Kbd } from "@tillstream/ui";
import Keyboard from "lucide-react/icons/keyboard";
import { useState } from "react";
import { useShortcuts, useShortcutsSetting } from "./shortcuts.tsx";

const keys: readonly { keys: readonly string[]; does: string; where?: string }[] = [
  { keys: ["Ctrl", "K"], does: "Search everything (Cmd K on a Mac); also when shortcuts are off" },
  { keys: ["?"], does: "Show this help" },
  { keys: ["/"], does: "Go to the search or the filters", where: "lists" },
  { keys: ["j", "k"], does: "Next and previous row", where: "lists" },
  { keys: ["Enter"], does: "Open the row", where: "lists" },
  { keys: ["p"], does: "Pause and resume live changes" },
  { keys: ["[", "]"], does: "Previous and next event of the stream", where: "an event" },
];

export function ShortcutHelp() {
  const [open, setOpen] = useState(false);
  const { enabled, setEnabled } = useShortcutsSetting();
  useShortcuts({ "?": () => setOpen(true) });
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title="Keyboard shortcuts"
      description="They are off while you type."
      trigger={
        <IconButton
          label="Keyboard shortcuts (?)"
          className="hidden sm:inline-flex"
          icon={<Keyboard size={16} aria-hidden="true" />}
        />
      }
    >
      <dl className="mb-4">
        {keys.map((entry) => (
          <div key={entry.does} className="flex min-h-9 items-center gap-4 border-b border-line">
            <dt className="flex-1">
              {entry.does}
              {entry.where !== undefined && <span className="text-muted"> in {entry.where}</span>}
            </dt>
            <dd className="flex gap-1">
              {entry.keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <Checkbox
        label="Use shortcuts in this browser"
        checked={enabled}
        onChange={(event) => setEnabled(event.target.checked)}
      />
    </Dialog>
  );
}
