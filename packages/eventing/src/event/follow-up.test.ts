import { expect, it } from "vitest";
import { followUp } from "./follow-up.ts";

it("what follows is of the same story and caused by the event, and no command's own", () => {
  const metadata = { correlationId: "c", causationId: "command:k", actor: "guest", command: "count.add" };
  expect(followUp({ eventId: "a:1", metadata }, "mail")).toEqual({
    correlationId: "c",
    causationId: "a:1",
    actor: "consumer:mail",
  });
});
