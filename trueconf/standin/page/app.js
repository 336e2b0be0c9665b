// The page that plays a doctor's TrueConf app: it rings, lists meetings, and opens
// the call page in a frame, as the user and not as a guest.

import { pick } from "./appwords.js";

const words = pick();
const at = (id) => document.getElementById(id);
let socket = null;
let shown = null; // what the server last told
let frame = null;

/** connect keeps a socket open: while it is, the user is online. */
function connect() {
  const url = new URL(`${location.pathname.replace(/\/$/, "")}/signal`, location.href);
  url.protocol = url.protocol.replace("http", "ws");
  socket = new WebSocket(url);
  socket.onmessage = (e) => hear(JSON.parse(e.data));
  socket.onclose = () => {
    say(words.gone);
    setTimeout(connect, 1000);
  };
}

function send(m) {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(m));
}

function hear(m) {
  if (m.type === "app") {
    say("");
    shown = m.app;
    draw();
  }
  if (m.type === "go") enter(m.url);
  if (m.type === "refused") say(words.over);
}

function say(text) {
  at("trouble").hidden = !text;
  at("trouble").textContent = text;
}

/** enter opens the call; a new frame, for a new fragment alone loads nothing. */
function enter(url) {
  leave();
  frame = document.createElement("iframe");
  frame.allow = "camera; microphone; autoplay; display-capture; fullscreen";
  frame.title = words.enter;
  frame.src = url;
  at("call").replaceChildren(frame);
  at("call").hidden = false;
  draw();
}

function leave() {
  frame?.remove();
  frame = null;
  at("call").hidden = true;
}

window.addEventListener("message", (e) => {
  if (!frame || e.source !== frame.contentWindow || e.origin !== location.origin) return;
  if (["logout", "connectionClosed", "loginFail"].includes(e.data?.type)) {
    leave();
    draw();
  }
});

function button(text, kind, press) {
  const b = document.createElement("button");
  b.type = "button";
  b.className = kind;
  b.textContent = text;
  b.addEventListener("click", press);
  return b;
}

function titled(tag, title, under) {
  const d = document.createElement("div");
  const strong = document.createElement(tag);
  const span = document.createElement("span");
  strong.textContent = title;
  span.textContent = under;
  d.append(strong, span);
  return d;
}

function ring(r) {
  const el = document.createElement("article");
  el.className = "ring";
  el.dataset.cause = r.cause;
  el.append(
    titled("strong", words.calls[r.cause], r.topic),
    button(words.accept, "accept", () => send({ type: "enter", room: r.room })),
    button(words.decline, "decline", () => send({ type: "decline", room: r.room })),
  );
  return el;
}

function meeting(m) {
  const el = document.createElement("li");
  const when = m.running ? words.now : new Date(m.start).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  el.append(titled("b", m.topic, when), button(m.running ? words.enter : words.begin, "enter", () => send({ type: "enter", room: m.room })));
  return el;
}

function draw() {
  const state = frame ? "call" : shown.rings.length ? "ringing" : "quiet";
  at("app").dataset.state = state;
  at("app").dataset.status = shown.status;
  at("name").textContent = shown.name;
  document.title = `${shown.rings.length ? "☎ " : ""}${words.title} ${shown.name}`;
  at("status").textContent = words.status[shown.status] ?? "";
  at("busy").checked = shown.busy;
  at("rings").replaceChildren(...shown.rings.map(ring));
  at("meetings").hidden = Boolean(frame) || !shown.meetings.length;
  at("list").replaceChildren(...shown.meetings.map(meeting));
  at("quiet").hidden = state !== "quiet" || shown.meetings.length > 0;
}

at("about").textContent = words.about;
at("busyName").textContent = words.busy;
at("meetingsName").textContent = words.meetings;
at("quiet").textContent = words.quiet;
at("busy").addEventListener("change", () => send({ type: "busy", on: at("busy").checked }));
connect();
