/** The part of a keyboard event that a shortcut looks at. */
export type KeyPress = { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean; shiftKey: boolean };

/**
 * Whether a key press is the combination "mod+k", "?", "j", "shift+ArrowLeft". `mod` is Ctrl or Cmd. Shift is only
 * looked at when named, since "?" and "[" need it on some keyboards and not on others.
 */
export function matchesHotkey(press: KeyPress, combination: string): boolean {
  const parts = combination.split("+");
  const key = parts.pop() ?? "";
  const mod = parts.includes("mod");
  if ((press.ctrlKey || press.metaKey) !== mod || press.altKey !== parts.includes("alt")) return false;
  if (parts.includes("shift") && !press.shiftKey) return false;
  return press.key.toLowerCase() === key.toLowerCase();
}

/** Whether a key pressed here is text being typed, in which case no shortcut may take it. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.closest("input:not([type=checkbox],[type=radio],[type=range],[type=button]), textarea, select") !== null
  );
}
