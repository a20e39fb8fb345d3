/** A list read page by page, as items and as the lines of a CSV. */

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** One list as one person may read it. */
export interface Export {
  items(): AsyncGenerator<unknown>;
  /** Of the CSV, its head first. */
  lines(): AsyncGenerator<readonly string[]>;
}

/** Reads the first page at once, so that a refusal is told before the file begins. */
export async function exported<Item>(
  read: (cursor: string | undefined) => Promise<Page<Item>>,
  columns: Readonly<Record<string, (item: Item) => unknown>>,
): Promise<Export> {
  const first = await read(undefined);

  async function* items(): AsyncGenerator<Item> {
    for (let current = first; ; current = await read(current.nextCursor)) {
      yield* current.items;
      if (current.nextCursor === null) return;
    }
  }

  async function* lines(): AsyncGenerator<readonly string[]> {
    yield Object.keys(columns);
    const cells = Object.values(columns);
    for await (const item of items()) yield cells.map((cell) => text(cell(item)));
  }

  return { items, lines };
}

function text(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
