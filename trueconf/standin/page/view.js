// What is on the screen.

const at = (id) => document.getElementById(id);

const marks = {
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 4v5l3.5 2",
  people: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm-6.5 8.5c0-3.5 3-6 6.5-6s6.5 2.5 6.5 6M16 4.3a3.5 3.5 0 0 1 0 6.4m2 3.3c2 .9 3.5 2.9 3.5 5.5",
  link: "M10 14a4.5 4.5 0 0 0 6.4 0l3-3A4.5 4.5 0 0 0 13 4.600l-1.200 1.200M14 10a4.500 4.500 0 0 0-6.400 0l-3 3A4.500 4.500 0 0 0 11 19.400l1.200-1.200",
  door: "M5 21V4a1 1 0 0 1 1-1h12a1 1 0 0 1 1 1v17M3 21h18M15 12v.5",
  plug: "M9 3v5m6-5v5M6 8h12v3a6 6 0 0 1-12 0V8Zm6 9v4",
  camera: "M3 8a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V8Zm12 3 6-4v10l-6-4",
};
const markOf = {
  connecting: "camera", ask: "camera", expired: "clock", unknown: "link", room_full: "people", no_seat: "people",
  not_running: "clock", inside: "people", unsupported: "plug", left: "door", stopped: "door", replaced: "people", closed: "plug",
};

/** View owns the document; it knows words and tiles, not connections. */
export class View {
  #tiles = new Map(); // person's number → element

  constructor(words) {
    this.words = words;
    document.title = words.title;
    for (const id of ["mic", "camera", "screen"]) this.toggle(id, false, words[id]);
    this.#label("leave", words.leave);
    at("selfName").textContent = words.you;
    at("noteTry").textContent = words.tryAgain;
    at("noteClose").textContent = words.dismiss;
    at("nameLabel").textContent = words.name;
    at("nameGo").textContent = words.join;
    at("screen").hidden = !navigator.mediaDevices?.getDisplayMedia;
  }

  on(id, act) {
    at(id).addEventListener("click", act);
  }

  /** onName is called with the name that a visitor without a login typed. */
  onName(act) {
    at("nameForm").addEventListener("submit", (e) => {
      e.preventDefault();
      act(at("name").value.trim());
    });
  }

  #label(id, text) {
    const b = at(id);
    b.querySelector("span").textContent = text;
    b.title = text;
    b.setAttribute("aria-label", text);
  }

  /** toggle shows a control as pressed: its label says what a press does next. */
  toggle(id, pressed, [off, on]) {
    at(id).setAttribute("aria-pressed", String(pressed));
    this.#label(id, pressed ? on : off);
  }

  /** face covers the call with one calm message; again names the button, if any. */
  face(name, again) {
    const [title, text] = this.words[name];
    at("call").dataset.state = name;
    at("face").hidden = false;
    at("faceTitle").textContent = title;
    at("faceText").textContent = text;
    at("faceMark").setAttribute("d", marks[markOf[name]]);
    at("nameForm").hidden = name !== "ask";
    at("faceAgain").hidden = !again;
    at("faceAgain").textContent = again ?? "";
    if (name === "ask") at("name").focus();
    else if (name !== "connecting") at("faceTitle").focus();
  }

  /** inCall uncovers the call. */
  inCall() {
    at("face").hidden = true;
  }

  note(text, retry) {
    at("note").hidden = !text;
    at("noteText").textContent = text ?? "";
    at("noteTry").hidden = !retry;
  }

  self(media) {
    const track = media.display ?? media.video;
    const video = at("mine");
    if (video.srcObject?.getVideoTracks()[0] !== track) video.srcObject = track ? new MediaStream([track]) : null;
    const shown = Boolean(media.outgoing);
    at("self").classList.toggle("blank", !shown);
    at("self").classList.toggle("screen", Boolean(media.display));
    at("selfName").textContent = shown ? this.words.you : `${this.words.you} · ${this.words.cameraOff}`;
  }

  /** people draws everybody else; the state of the page follows from them. */
  people(peers) {
    const call = at("call");
    if (at("face").hidden) call.dataset.state = peers.length ? "talking" : "alone";
    at("waiting").textContent = peers.length || !at("face").hidden ? "" : this.words.alone;
    at("who").textContent = peers.map((p) => p.info.name).join(", ");
    for (const [n, tile] of this.#tiles) {
      if (!peers.some((p) => p.info.n === n)) {
        tile.remove();
        this.#tiles.delete(n);
      }
    }
    for (const p of peers) this.#draw(p);
  }

  #draw(peer) {
    const { n, name, app, lost, media } = peer.info;
    let tile = this.#tiles.get(n);
    if (!tile) {
      tile = this.#newTile(peer);
      this.#tiles.set(n, tile);
      at("stage").append(tile);
    }
    const w = this.words;
    const picture = !app && !lost && peer.connected && (media.camera || media.screen);
    tile.classList.toggle("blank", !picture);
    tile.classList.toggle("screen", media.screen);
    tile.querySelector(".initials").textContent = initials(name);
    const said = app ? w.inApp : lost ? w.lost : !peer.connected ? w.joining : picture ? "" : w.cameraOff;
    tile.querySelector(".said").textContent = said;
    const extra = media.screen ? w.sharing : !app && peer.connected && !media.mic ? w.muted : "";
    tile.querySelector("figcaption").textContent = extra ? `${name} · ${extra}` : name;
  }

  #newTile(peer) {
    const tile = document.createElement("figure");
    tile.className = "tile";
    const video = document.createElement("video");
    video.autoplay = video.playsInline = true;
    video.srcObject = peer.stream;
    const blank = document.createElement("div");
    blank.className = "blankFace";
    const circle = document.createElement("span");
    circle.className = "initials";
    circle.setAttribute("aria-hidden", "true");
    const said = document.createElement("p");
    said.className = "said";
    said.setAttribute("role", "status");
    blank.append(circle, said);
    const hear = document.createElement("button");
    hear.type = "button";
    hear.className = "hear";
    hear.textContent = this.words.hear;
    hear.hidden = true;
    play(video, hear);
    tile.append(video, blank, hear, document.createElement("figcaption"));
    return tile;
  }
}

// play starts a picture with its sound. Browsers forbid sound before the first
// press: then it goes on silently, a button says so, and any press turns it on.
async function play(video, hear) {
  try {
    await video.play();
  } catch (e) {
    if (e.name !== "NotAllowedError") return; // the tile is gone already
    video.muted = true;
    hear.hidden = false;
    document.addEventListener("click", () => {
      video.muted = false;
      hear.hidden = true;
      video.play().catch(() => {});
    }, { once: true });
    video.play().catch(() => {});
  }
}

function initials(name) {
  return name.split(/\s+/).filter(Boolean).slice(0, 2).map((w) => [...w][0].toUpperCase()).join("");
}
