// Answers that the server has not acknowledged yet. They are kept in memory and on this device
// (localStorage), so that a reload or a crash loses none. An answer leaves the queue only when the
// server says that it is saved, or that something newer stands.

const RETRY_FIRST = 2_000;
const RETRY_MOST = 30_000;

export class Queue extends EventTarget {
  #waiting;
  #busy = null;
  #timer = 0;
  #pause = RETRY_FIRST;

  constructor({ attempt, epoch, sequence, token }) {
    super();
    this.epoch = epoch;
    this.token = token;
    this.key = `exam:${attempt}:waiting`;
    this.counter = `exam:${attempt}:sequence`;
    this.floor = sequence;
    this.#waiting = new Map(Object.entries(read(this.key, {})));
    window.addEventListener("online", () => this.flush());
  }

  get size() {
    return this.#waiting.size;
  }

  get entries() {
    return [...this.#waiting.values()];
  }

  // All windows of this browser count on together: what the person did last has the highest number.
  #next() {
    const next = Math.max(read(this.counter, 0), this.floor) + 1;
    this.floor = next;
    write(this.counter, next);
    return next;
  }

  add({ url, position, chosen, flagged }) {
    const entry = { url, position, chosen, flagged, epoch: this.epoch, sequence: this.#next() };
    this.#waiting.set(String(position), entry);
    this.#keep();
    return this.flush();
  }

  #keep() {
    write(this.key, Object.fromEntries(this.#waiting));
    this.dispatchEvent(new Event("change"));
  }

  #drop(entry) {
    const now = this.#waiting.get(String(entry.position));
    if (now && now.sequence === entry.sequence && now.epoch === entry.epoch) this.#waiting.delete(String(entry.position));
    this.#keep();
  }

  // Send what waits, one after the other. Resolves to true when nothing waits any more.
  flush() {
    this.#busy ??= this.#sendAll().finally(() => { this.#busy = null; });
    return this.#busy;
  }

  async #sendAll() {
    clearTimeout(this.#timer);
    while (this.#waiting.size) {
      const [entry] = this.#waiting.values();
      const reply = await this.#send(entry);
      if (!reply.settled) {
        this.#tell("held", reply);
        this.#timer = setTimeout(() => this.flush(), this.#pause);
        this.#pause = Math.min(this.#pause * 2, RETRY_MOST);
        return false;
      }
      this.#pause = RETRY_FIRST;
      this.#drop(entry);
      this.#tell(reply.ok ? "saved" : "refused", { ...reply, entry });
      if (reply.body.error === "late") return false;
    }
    return true;
  }

  async #send({ url, chosen, flagged, epoch, sequence }) {
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
        body: JSON.stringify({ chosen, flagged, epoch, sequence }),
        keepalive: true,
        signal: AbortSignal.timeout(20_000),
      });
      const body = response.headers.get("Content-Type")?.startsWith("application/json") ? await response.json() : {};
      return { ok: response.ok && "saved_at" in body, settled: "saved_at" in body || [400, 409].includes(response.status), status: response.status, body };
    } catch {
      return { ok: false, settled: false, status: 0, body: {} };
    }
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

export function read(key, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

export function write(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A full or forbidden store: what waits is still kept in memory, as long as the page is open.
  }
}
