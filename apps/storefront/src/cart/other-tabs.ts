/** Tells the other tabs of this browser that the cart has changed. Where tabs cannot talk, each looks when it is looked at. */
const NAME = "fernhill.cart";

export interface OtherTabs {
  tell(): void;
  close(): void;
}

export function openOtherTabs(onChange: () => void): OtherTabs {
  try {
    const channel = new BroadcastChannel(NAME);
    channel.addEventListener("message", onChange);
    return { tell: () => channel.postMessage("changed"), close: () => channel.close() };
  } catch {
    return { tell: () => undefined, close: () => undefined }; // missing, or blocked with the site data
  }
}
