/** The sagas as they were published: `npm run check` compares it with the definitions, and so does a worker before it starts. */
import type { PublishedSagas } from "@tillstream/eventing";
import published from "../schema-snapshots/sagas.json" with { type: "json" };

export const publishedSagas: PublishedSagas = published;
