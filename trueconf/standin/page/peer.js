// One other person: a connection from browser to browser and its tile.

/**
 * Peer sends and receives one sound and one picture. Of two people the one with
 * the lower number offers, always, so offers never cross; both directions are
 * negotiated at once and later changes only replace tracks.
 */
export class Peer {
  #pc;
  #offers;
  #send;
  #audio = null; // RTCRtpTransceiver
  #video = null;
  #queue = Promise.resolve(); // signals are taken one after the other
  #early = []; // candidates that came before the description

  /** send carries a signal to the other page; changed is called when anything visible did. */
  constructor(info, { me, send, changed, media }) {
    this.info = info;
    this.stream = new MediaStream();
    this.media = media;
    this.changed = changed;
    this.#send = send;
    this.#offers = me < info.n;
    if (!info.app) this.#connect();
  }

  get connected() {
    return this.#pc?.connectionState === "connected";
  }

  #connect() {
    const pc = new RTCPeerConnection({ iceServers: [] });
    this.#pc = pc;
    pc.onicecandidate = (e) => e.candidate && this.#send({ candidate: e.candidate });
    pc.ontrack = (e) => {
      this.stream.addTrack(e.track);
      e.track.onunmute = () => this.changed();
      this.changed();
    };
    pc.onconnectionstatechange = () => {
      if (pc.connectionState === "failed") this.#restart();
      this.changed();
    };
    if (this.#offers) {
      this.#audio = pc.addTransceiver("audio", { direction: "sendrecv" });
      this.#video = pc.addTransceiver("video", { direction: "sendrecv" });
      this.refresh();
      this.#offer();
    }
  }

  #offer(options) {
    this.#enqueue(async () => {
      await this.#pc.setLocalDescription(await this.#pc.createOffer(options));
      this.#send({ description: this.#pc.localDescription });
    });
  }

  #restart() {
    if (this.#offers) this.#offer({ iceRestart: true });
    else this.#send({ restart: true });
  }

  #enqueue(step) {
    this.#queue = this.#queue.then(() => (this.#pc && this.#pc.signalingState !== "closed" ? step() : undefined)).catch((e) => console.warn("call:", e));
  }

  /** take handles a signal from the other page. */
  take({ description, candidate, restart }) {
    if (restart && this.#offers) this.#restart();
    if (description) this.#enqueue(() => this.#describe(description));
    if (candidate) {
      this.#enqueue(async () => {
        if (this.#pc.remoteDescription) await this.#pc.addIceCandidate(candidate);
        else this.#early.push(candidate);
      });
    }
  }

  async #describe(description) {
    const pc = this.#pc;
    await pc.setRemoteDescription(description);
    for (const c of this.#early.splice(0)) await pc.addIceCandidate(c);
    if (description.type !== "offer") return;
    for (const t of pc.getTransceivers()) {
      t.direction = "sendrecv";
      if (t.receiver.track.kind === "audio") this.#audio = t;
      else this.#video = t;
    }
    await this.refresh();
    await pc.setLocalDescription(await pc.createAnswer());
    this.#send({ description: pc.localDescription });
  }

  /** refresh sends the tracks that the person's own media has now. */
  async refresh() {
    await this.#audio?.sender.replaceTrack(this.media.audio);
    await this.#video?.sender.replaceTrack(this.media.outgoing);
  }

  /** stats are what was received so far: {framesDecoded, audioEnergy}. */
  async stats() {
    const got = { framesDecoded: 0, audioEnergy: 0 };
    for (const r of (await this.#pc?.getStats())?.values() ?? []) {
      if (r.type !== "inbound-rtp") continue;
      got.framesDecoded += r.framesDecoded ?? 0;
      got.audioEnergy += r.totalAudioEnergy ?? 0;
    }
    return got;
  }

  close() {
    this.#pc?.close();
    this.#pc = null;
  }
}
