// The socket to the stand-in: joins, comes back after a broken connection, and
// hands every message on.

const pauses = [500, 1500, 3000]; // ms before each attempt to come back

/** Socket calls `on(message)` for each message and `lost()` when it gave up. */
export class Socket {
  #ws = null;
  #key = "";
  #tries = 0;
  #over = false;

  constructor(url, on, lost) {
    this.url = url;
    this.on = on;
    this.lost = lost;
  }

  /** join enters with a link's credentials. */
  join(login, token) {
    this.#open({ type: "join", login, token });
  }

  #open(first) {
    const ws = new WebSocket(this.url);
    this.#ws = ws;
    ws.onopen = () => ws.send(JSON.stringify(first));
    ws.onmessage = (e) => this.#take(JSON.parse(e.data));
    ws.onclose = () => this.#closed(ws);
  }

  #take(m) {
    if (m.type === "joined") {
      this.#key = m.key;
      this.#tries = 0;
    }
    if (m.type === "refused" || m.type === "closed") this.#over = true;
    this.on(m);
  }

  #closed(ws) {
    if (this.#over || ws !== this.#ws) return;
    if (!this.#key || this.#tries >= pauses.length) {
      this.#over = true;
      this.lost();
      return;
    }
    setTimeout(() => !this.#over && this.#open({ type: "resume", key: this.#key }), pauses[this.#tries++]);
  }

  send(m) {
    if (this.#ws?.readyState === WebSocket.OPEN) this.#ws.send(JSON.stringify(m));
  }

  /** leave says goodbye and ends the socket. */
  leave() {
    this.#over = true;
    this.send({ type: "leave" });
    this.#ws?.close();
  }
}
