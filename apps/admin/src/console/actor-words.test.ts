import { expect, it } from "vitest";
import { actorWords } from "./actor-words.ts";

it.each([
  ["user:7", "Rosa", "Rosa"],
  ["user:7", null, "somebody who has no login any more"],
  ["saga:checkout", null, "the saga checkout"],
  ["consumer:payment-refund", null, "the consumer payment-refund"],
  ["system", null, "the system"],
  ["guest", null, "a guest"],
  ["command line", null, "command line"],
])("%s with the name %j is %s", (actor, name, words) => expect(actorWords(actor, name)).toBe(words));
