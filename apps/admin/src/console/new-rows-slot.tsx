/** Where "N new" appears: a place of its own in the page's header, so that nothing moves when it comes and goes. */
import { NewRows } from "@tillstream/ui";

export function NewRowsSlot({ count, onShow }: { count: number; onShow(): void }) {
  return (
    <div className="flex h-7 min-w-24 items-center justify-end [&_button]:mx-0">
      <NewRows count={count} onShow={onShow} />
    </div>
  );
}
