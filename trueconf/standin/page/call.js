// The call page of the stand-in: reads the link's fragment, joins, and keeps the
// call. It tells the page that frames it what a real call page is known to tell
// (API reference §13): logout, loginFail, connectionClosed, notSupported.

import { LocalMedia } from "./media.js";
import { Peer } from "./peer.js";
import { Socket } from "./socket.js";
import { View } from "./view.js";
import { pick } from "./words.js";

const room = decodeURIComponent(location.pathname.split("/").filter(Boolean).at(-1));
let link = readFragment();
const words = pick(link.lang);
const view = new View(words);
const media = new LocalMedia();
const behaviour = document.getElementById("call").dataset; // as the switches want it
const peers = new Map(); // number → Peer
let socket = null;
let me = 0;

/** readFragment reads login, token and lang; a fragment is no form, "+" is a plus. */
function readFragment() {
  const plain = (v) => {
    try {
      return decodeURIComponent(v);
    } catch {
      return v;
    }
  };
  const parts = location.hash.slice(1).split("&").map((p) => p.split(/=(.*)/s));
  return Object.fromEntries(parts.filter(([k]) => k).map(([k, v]) => [k, plain(v ?? "")]));
}

/** tell posts to the parent; there is nothing secret in it, so any parent may read. */
function tell(type) {
  if (window.parent !== window) window.parent.postMessage({ type }, "*");
}

function begin() {
  if (behaviour.mute === "true") return; // a page that never gets so far
  if (!window.RTCPeerConnection || !navigator.mediaDevices?.getUserMedia) {
    view.face("unsupported");
    tell("notSupported");
    return;
  }
  if (!link.login || !link.token) {
    view.face("ask");
    return;
  }
  join();
}

/** named mints a link for a visitor who came by the room's plain address. */
async function named(name) {
  const query = new URLSearchParams({ call_id: room, case: "join_conference_button", user: `$${name}`, lang: document.documentElement.lang });
  try {
    const { clients } = await (await fetch(`/api/v3.1/software/clients?${query}`)).json();
    location.hash = new URL(clients.find((c) => c.web_url?.includes("/webrtc/")).web_url).hash;
    link = readFragment();
    join();
  } catch {
    view.face("unknown");
  }
}

// Joining does not wait for the camera: the link lives a minute, a permission
// prompt may stand longer, and whoever has no camera can join all the same.
function join() {
  view.face("connecting");
  const url = new URL(`/webrtc/${encodeURIComponent(room)}/signal`, location.href);
  url.protocol = url.protocol.replace("http", "ws");
  url.hash = "";
  socket = new Socket(url, hear, () => ended("closed", "connectionClosed"));
  socket.join(link.login, link.token);
  openMedia();
}

async function openMedia() {
  const mine = socket;
  await media.open(behaviour.noCamera !== "silent");
  if (socket !== mine) return media.close(); // left while the browser was asking
  if (!media.video && behaviour.noCamera === "refuses") {
    socket.leave();
    return ended("unsupported", "notSupported");
  }
  const notes = { "": null, camera: words.refusedCamera, mic: words.refusedMic, both: words.refusedBoth };
  view.note(notes[media.missing], true);
  mediaChanged();
}

/** mediaChanged brings the others, the server and the screen up to date. */
function mediaChanged() {
  media.apply();
  for (const p of peers.values()) p.refresh();
  socket?.send({ type: "state", media: media.state });
  view.self(media);
  view.toggle("mic", !media.micOn || !media.audio, words.mic);
  view.toggle("camera", !media.cameraOn || !media.video, words.camera);
  view.toggle("screen", Boolean(media.display), words.screen);
}

const draw = () => view.people([...peers.values()]);

function meet(info) {
  const known = peers.get(info.n);
  if (known) {
    known.info = info;
  } else {
    peers.set(info.n, new Peer(info, {
      me, media, changed: draw,
      send: (data) => socket?.send({ type: "signal", to: info.n, data }),
    }));
  }
}

function part(n) {
  peers.get(n)?.close();
  peers.delete(n);
}

/** hear takes one message of the server. */
function hear(m) {
  switch (m.type) {
    case "joined":
      me = m.n;
      for (const n of peers.keys()) if (!m.peers.some((p) => p.n === n)) part(n);
      m.peers.forEach(meet);
      view.inCall();
      socket.send({ type: "state", media: media.state });
      break;
    case "peer_in": meet(m.peer); break;
    case "peer_lost": if (peers.has(m.n)) peers.get(m.n).info.lost = true; break;
    case "peer_out": part(m.n); break;
    case "state": if (peers.has(m.n)) peers.get(m.n).info.media = m.media; break;
    case "signal": peers.get(m.n)?.take(m.data); break;
    case "refused": return ended(m.why, "loginFail");
    case "closed": return ended({ stopped: "stopped", deleted: "stopped", replaced: "replaced" }[m.why] ?? "closed", "connectionClosed");
  }
  draw();
}

const retry = {
  left: words.rejoin, closed: words.rejoin, replaced: words.rejoin,
  not_running: words.tryAgain, room_full: words.tryAgain, no_seat: words.tryAgain, inside: words.tryAgain,
};

/** ended covers the call with a face and tells the parent. */
function ended(face, type) {
  socket = null;
  for (const n of [...peers.keys()]) part(n);
  media.close();
  view.note(null);
  view.face(face, retry[face]);
  draw();
  tell(type);
}

function leave() {
  socket?.leave();
  ended("left", "logout");
}

async function toggleMic() {
  media.micOn = !media.micOn;
  mediaChanged();
}

async function toggleCamera() {
  media.cameraOn = !media.cameraOn;
  mediaChanged();
}

async function toggleScreen() {
  if (media.display) {
    media.unshare();
  } else {
    try {
      await media.share(() => { media.unshare(); mediaChanged(); });
    } catch (e) {
      if (e.name !== "NotAllowedError") view.note(words.screenFailed);
      return;
    }
  }
  mediaChanged();
}

/** report tells the server, and whoever looks at the document, what is received. */
async function report() {
  const got = { framesDecoded: 0, audioEnergy: 0 };
  for (const p of peers.values()) {
    const s = await p.stats();
    got.framesDecoded += s.framesDecoded;
    got.audioEnergy += s.audioEnergy;
  }
  document.getElementById("call").dataset.framesDecoded = got.framesDecoded;
  socket?.send({ type: "stats", frames: got.framesDecoded, energy: got.audioEnergy });
}

view.on("mic", toggleMic);
view.on("camera", toggleCamera);
view.on("screen", toggleScreen);
view.on("leave", leave);
view.on("faceAgain", join);
view.on("noteTry", openMedia);
view.on("noteClose", () => view.note(null));
view.onName(named);
window.addEventListener("pagehide", () => socket?.leave());
window.addEventListener("pageshow", (e) => e.persisted && location.reload()); // kept by the browser, but left above
setInterval(report, 1000);
begin();
