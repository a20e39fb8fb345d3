/**
 * Where "N new" appears: a place of its own in the page's header, or above the foot of a phone's screen, so that
 * nothing moves when it comes and goes.
 */
import { NewRows } from "@tillstream/ui";

export function NewRowsSlot({ count, onShow }: { count: number; onShow(): void }) {
  return (
    <div className="pointer-events-none flex h-7 min-w-24 items-center justify-end max-sm:fixed max-sm:inset-x-0 max-sm:bottom-5 max-sm:z-20 max-sm:justify-center [&_button]:pointer-events-auto [&_button]:mx-0 max-sm:[&_button]:shadow-md">
      <NewRows count={count} onShow={onShow} />
    </div>
  );
}
