/** What is not in the database: each process asks for itself. */
import { defineCheck } from "@tillstream/eventing";
import type { Check, EventBus } from "@tillstream/eventing";
import { withTimeout } from "@tillstream/runtime";
import type { Cache, CacheHealth } from "@tillstream/runtime";

const OWNER = "platform";
const ANSWER_MS_MAX = 2_000;
/** The other processes' answers follow this one's: of one Redis that is away there is one alert. */
const FIRST_READER = "console";
const isWrong = (health: string): number => (health === "ok" ? 0 : 1);

/** @param reader the process: one may reach Redis while another does not */
export function cacheCheck(cache: Pick<Cache, "health">, reader: string): Check {
  return defineCheck({
    name: `redis-${reader}`,
    title: `The ${reader} does not reach Redis`,
    owner: OWNER,
    unit: "count",
    part: "Redis",
    effect: "Nobody loses anything: Postgres answers what Redis would, more slowly.",
    next: "Bring Redis back; it is found again by itself.",
    path: "/alerts",
    threshold: 0,
    follows: reader === FIRST_READER ? [] : [`redis-${FIRST_READER}`],
    async readings() {
      const health = await withTimeout(cache.health(), ANSWER_MS_MAX, "Redis");
      return [{ subject: "", value: health === "in-process" ? 0 : isWrong(health), detail: wordsOf(health, reader) }];
    },
  });
}

const wordsOf = (health: CacheHealth, reader: string): string =>
  health === "down"
    ? `Redis gives the ${reader} no answer: it has stopped, is frozen, or cannot be reached`
    : `${reader}: ${health}`;

/** None for the bus that is in Postgres. */
export function busCheck(bus: Pick<EventBus, "name" | "health">): readonly Check[] {
  if (bus.name !== "kafka") return [];
  return [
    defineCheck({
      name: "kafka",
      title: "The worker does not reach Kafka",
      owner: OWNER,
      unit: "count",
      part: "Kafka",
      effect: "Everything that follows an event: it waits in the outbox.",
      next: "Bring the brokers or the registry back; what waits is published by itself.",
      path: "/outbox",
      threshold: 0,
      async readings() {
        const health = await withTimeout(bus.health(), ANSWER_MS_MAX, "Kafka");
        return [{ subject: "", value: isWrong(health), detail: health }];
      },
    }),
  ];
}
