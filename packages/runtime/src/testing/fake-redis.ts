/** Enough of a Redis for the cache: GET, SET with EX, and DEL; it falls silent when a test wants it to. */
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";

export interface FakeRedis extends AsyncDisposable {
  readonly url: string;
  /** The commands that came, such as `GET`, without the greeting of a connection. */
  readonly commands: readonly string[];
  /** Reads on and answers nothing, until it is told to speak. */
  fallSilent(): void;
  /** Answers again, first what it owes. */
  speak(): void;
  /** Is a replica from now on. */
  refuseWrites(): void;
  /** Answers again what comes from now on. */
  speakAnew(): void;
}

const GREETING = new Set(["CLIENT", "HELLO", "SELECT", "AUTH"]);

/** Takes whole commands (arrays of bulk strings) off the front of what came; text is one character a byte. */
function takeCommands(received: string): { commands: string[][]; rest: string } {
  const commands: string[][] = [];
  let rest = received;
  for (;;) {
    const header = /^\*(\d+)\r\n/.exec(rest);
    if (header === null) return { commands, rest };
    let at = header[0].length;
    const words: string[] = [];
    while (words.length < Number(header[1])) {
      const size = /^\$(\d+)\r\n/.exec(rest.slice(at));
      const from = at + (size?.[0].length ?? 0);
      const to = from + Number(size?.[1] ?? 0);
      if (size === null || rest.length < to + 2) return { commands, rest };
      words.push(rest.slice(from, to));
      at = to + 2;
    }
    commands.push(words);
    rest = rest.slice(at);
  }
}

/** @param mute takes connections and does not even greet */
export async function startFakeRedis({ mute = false } = {}): Promise<FakeRedis> {
  const entries = new Map<string, { value: string; expiresAt: number }>();
  const sockets = new Set<Socket>();
  const seen: string[] = [];
  const owed: (() => void)[] = [];
  let silent = mute;
  let isReplica = false;

  function find(key: string): { value: string; expiresAt: number } | undefined {
    const entry = entries.get(key);
    return entry === undefined || entry.expiresAt <= performance.now() ? undefined : entry;
  }

  function answerTo([name = "", key = "", value = "", ...options]: readonly string[]): string {
    switch (name.toUpperCase()) {
      case "GET": {
        const entry = find(key);
        return entry === undefined ? "$-1\r\n" : `$${entry.value.length}\r\n${entry.value}\r\n`;
      }
      case "SET": {
        if (isReplica) return "-READONLY You can't write against a read only replica.\r\n";
        const seconds = Number(options[options.indexOf("EX") + 1]);
        entries.set(key, { value, expiresAt: performance.now() + seconds * 1_000 });
        return "+OK\r\n";
      }
      case "DEL":
        return `:${Number(entries.delete(key))}\r\n`;
      default:
        return "+OK\r\n";
    }
  }

  const server = createServer((socket) => {
    sockets.add(socket);
    let received = "";

    socket.on("error", () => undefined);
    socket.on("data", (data) => {
      const { commands, rest } = takeCommands(received + data.toString("latin1"));
      received = rest;
      for (const command of commands) {
        const name = command[0]?.toUpperCase() ?? "";
        if (!GREETING.has(name)) seen.push(name);
        const reply = (): void => void socket.write(answerTo(command), "latin1");
        if (silent) owed.push(reply);
        else reply();
      }
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    commands: seen,
    fallSilent() {
      silent = true;
    },
    speak() {
      silent = false;
      for (const answer of owed.splice(0)) answer();
    },
    refuseWrites() {
      isReplica = true;
    },
    speakAnew() {
      silent = false;
      owed.length = 0;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
