/** An SMTP server that keeps what it takes. */
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";
import { freePort } from "./gateway-process.ts";

interface TakenMail {
  readonly recipient: string;
  /** Headers and body as they came. */
  readonly source: string;
  readonly messageId: string;
}

export interface TestMailServer extends AsyncDisposable {
  readonly url: string;
  /** The oldest first, also those that it was not to answer for. */
  readonly taken: readonly TakenMail[];
  /** What is answered to a recipient, such as `550 no such user`; by default each is welcome. */
  refuse: (recipient: string) => string | undefined;
  /** What happens before a mail that it has is answered for. */
  beforeAnswer: () => Promise<void>;
  /** It answers at the same address again after `start`. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

export async function startMailServer(): Promise<TestMailServer> {
  const port = await freePort();
  const taken: TakenMail[] = [];
  let server: SMTPServer | undefined;
  const stop = () =>
    new Promise<void>((resolve) => {
      if (server === undefined) return resolve();
      server.close(resolve);
      server = undefined;
    });
  const mailServer: TestMailServer = {
    url: `smtp://127.0.0.1:${port}`,
    taken,
    refuse: () => undefined,
    beforeAnswer: () => Promise.resolve(),
    stop,
    async start() {
      server = new SMTPServer({
        authOptional: true,
        disabledCommands: ["STARTTLS", "AUTH"],
        disableReverseLookup: true,
        closeTimeout: 100,
        onRcptTo({ address }, _, answer) {
          const [, code, words] = /^(\d+) (.*)$/.exec(mailServer.refuse(address) ?? "") ?? [];
          answer(code === undefined ? null : Object.assign(new Error(words), { responseCode: Number(code) }));
        },
        onData(stream, { envelope }, answer) {
          void text(stream).then(async (source) => {
            const messageId = /^Message-ID: (.*)$/m.exec(source)?.[1]?.trim() ?? "";
            taken.push({ recipient: envelope.rcptTo.map(({ address }) => address).join(), source, messageId });
            await mailServer.beforeAnswer();
            answer(null);
          });
        },
      });
      server.on("error", () => undefined); // a client that is killed
      await once(server.listen(port, "127.0.0.1"), "listening");
    },
    [Symbol.asyncDispose]: stop,
  };
  await mailServer.start();
  return mailServer;
}
