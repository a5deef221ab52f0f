// The smart speaker. It decides nothing: what words mean and what is answered comes from the server.

import { post, sent, setup, turn } from "../shared/api.js";
import { Ears, Voice } from "../shared/speech.js";
import {
  $, addCard, addLine, markSpoken, showCaption, showScreen, showSentence, showSession, showSetup, showState, showYou,
} from "./view.js";
import { showScreens } from "./screens.js";
import { addTurn, showReadings } from "./turns.js";

const TAP_MS = 350; // A press shorter than this is a tap: it listens until the person has finished.

const voice = new Voice(window.speechSynthesis);
const ears = new Ears(window.SpeechRecognition || window.webkitSpeechRecognition);
const turns = [];
let open = false;
let silences = 0;
let last = null;
let reprompt = [];
let settings = { locale: null, device: "speaker" };
let waiting = Promise.resolve(); // Turns are taken one after the other, however fast someone types.

function say(done) {
  voice.stop();
  ears.cancel();
  waiting = waiting.then(() => take(done)).then((pieces) => { play(pieces); });
  return waiting;
}

async function take(done) {
  showState("thinking");
  try {
    const before = last;
    const result = await turn({ ...settings, by: $("by").value, ...done, last });
    if (result.reprompt) return reprompt;
    if (!("silence" in done)) silences = 0;
    return show(result, before);
  } catch (error) {
    showSentence(error.message);
    if (!error.unsaid) {
      open = false;
      last = null;
    }
    showOpen();
    return [];
  }
}

// Sends an edited request; what comes back is the turn that follows.
async function sendAgain(request) {
  showState("thinking");
  try {
    play(show(await sent(request), last));
  } catch (error) {
    rest();
    throw error;
  }
}

// Shows both readings of the words of a turn, where that is asked for.
async function compare(words, before, place) {
  if (!words || !$("compare").checked) return;
  place.textContent = "Both readings are being made.";
  try {
    showReadings(place, (await post("/api/readings", { ...settings, said: words, last: before })).answer);
  } catch (error) {
    place.textContent = error.message;
  }
}

function show(result, before) {
  const { played, request, response, words } = result;
  last = { request, response };
  open = played.open;
  reprompt = played.reprompt;
  turns.push({
    said: words, first: played.pieces.length ? played.pieces[0].shown : "",
    card: played.card ? played.card.title : "", open, type: request.request.type, by: $("by").value, pieces: played.pieces,
  });
  const ended = request.request.type === "SessionEndedRequest";
  showYou(words);
  if (words) addLine("You", words);
  if (played.pieces.length) {
    showCaption(played.pieces);
    addLine("Guide", played.pieces.map((piece) => piece.shown).join(" "));
  }
  if (ended) addLine("", "The session was closed.");
  if (played.card) addCard(played.card);
  showScreen(played.card);
  showSession(played.state);
  showScreens(result.screen);
  compare(words, before, addTurn(turns.length, result, sendAgain));
  showOpen();
  return played.pieces;
}

async function play(pieces) {
  if (pieces.length) {
    showState("speaking");
    const whole = await voice.say(pieces, { locale: settings.locale, aloud: $("sound").checked, onPiece: markSpoken });
    if (!whole) return;
    markSpoken(-1);
  }
  showHelp();
  rest();
  if (open && $("hands-free").checked) listen();
}

function rest() { showState(open || !turns.length ? "idle" : "over"); }

async function listen() {
  if (!ears.work) return;
  voice.stop();
  showState("listening");
  let words;
  try {
    words = await ears.listen(settings.locale, showYou);
  } catch (error) {
    $("hands-free").checked = false;
    rest();
    showHelp(`The browser may not listen (${error.message}). Allow the microphone, or type.`);
    return;
  }
  if (words === null) return;
  if (words) say({ said: words });
  else if (open && $("hands-free").checked) say({ silence: (silences += 1) });
  else rest();
}

// --- The controls

function showOpen() {
  document.body.classList.toggle("open", open);
  $("open").textContent = open ? "Close the guide" : "Open the guide";
}

function showHelp(problem) {
  const help = [];
  if (problem) help.push(problem);
  else if (!ears.work) help.push("This browser cannot recognise speech. Type, or use the buttons.");
  else help.push("Hold while you talk, or tap once. Recognition is the browser’s: some send your voice to their maker.");
  if (!voice.works) help.push("This browser has no voice: read the caption.");
  $("talk-help").textContent = help.join(" ");
}

let pressed = 0;
function press() {
  if (!ears.work || pressed) return;
  if (ears.listening) { ears.finish(); return; }
  pressed = performance.now();
  listen();
}
function release() {
  if (!pressed) return;
  const held = performance.now() - pressed;
  pressed = 0;
  if (held > TAP_MS) ears.finish();
}

$("talk").addEventListener("pointerdown", (event) => {
  if (event.button) return;
  $("talk").setPointerCapture(event.pointerId);
  press();
});
$("talk").addEventListener("pointerup", release);
$("talk").addEventListener("pointercancel", release);
$("talk").addEventListener("keydown", (event) => {
  if ((event.key === " " || event.key === "Enter") && !event.repeat) { event.preventDefault(); press(); }
});
$("talk").addEventListener("keyup", (event) => {
  if (event.key === " " || event.key === "Enter") { event.preventDefault(); release(); }
});
$("talk").addEventListener("blur", release);
$("talk").addEventListener("click", (event) => { if (!event.detail && !ears.listening) listen(); }); // a screen reader's press
$("talk").addEventListener("contextmenu", (event) => event.preventDefault());

$("open").addEventListener("click", () => say(open ? { left: true } : { said: null }));
$("suggestions").addEventListener("click", (event) => {
  const chip = event.target.closest("[data-say]");
  if (chip) say({ said: chip.dataset.say });
});
$("form").addEventListener("submit", (event) => {
  event.preventDefault();
  const words = $("words").value.trim();
  $("words").value = "";
  if (words) say({ said: words });
});
$("settings").addEventListener("submit", (event) => event.preventDefault());
$("device").addEventListener("change", () => {
  settings.device = $("device").value;
  document.body.dataset.device = settings.device;
});
$("locale").addEventListener("change", async () => { await begin($("locale").value); });
$("hands-free").addEventListener("change", () => {
  if (!$("hands-free").checked) { ears.cancel(); if (document.body.dataset.state === "listening") rest(); }
  else if (open && ["idle", "over"].includes(document.body.dataset.state)) listen();
});
$("sound").addEventListener("change", () => {
  if ($("sound").checked) voice.tryAgain();
  else if (window.speechSynthesis) window.speechSynthesis.cancel();
  showHelp();
});

// --- The developer's drawer

const covered = window.matchMedia("(max-width: 560px)"); // There the drawer covers the whole page.
function keepCoveredOut() { document.querySelector("main").inert = covered.matches && !$("drawer").hidden; }
covered.addEventListener("change", keepCoveredOut);

function showDrawer(shown) {
  $("drawer").hidden = !shown;
  keepCoveredOut();
  document.body.classList.toggle("with-drawer", shown);
  $("drawer-button").setAttribute("aria-expanded", String(shown));
  $(shown ? "drawer-close" : "drawer-button").focus();
}
$("drawer-button").addEventListener("click", () => showDrawer($("drawer").hidden));
$("drawer-close").addEventListener("click", () => showDrawer(false));
$("drawer").addEventListener("keydown", (event) => { if (event.key === "Escape") showDrawer(false); });
document.querySelectorAll("[data-as]").forEach((button) => button.addEventListener("click", async () => {
  const told = turns.filter((one) => one.type !== "SessionEndedRequest");
  const { answer } = await post(`/api/${button.dataset.as}`, { turns: told, locale: settings.locale });
  $("test-text").hidden = false;
  $("test-text").value = answer.text;
  try {
    await navigator.clipboard.writeText(answer.text);
    $("copied").textContent = "Copied.";
  } catch {
    $("test-text").select();
    $("copied").textContent = "The browser does not copy by itself: copy the text below.";
  }
}));

// Holds the same conversation again from its beginning, and tells where it goes another way now.
$("replay").addEventListener("click", async () => {
  const told = turns.filter((one) => one.said !== undefined && one.type !== "SessionEndedRequest");
  if (!told.length) return;
  $("copied").textContent = "Replaying.";
  const differ = [];
  let previous = null;
  for (const [index, one] of told.entries()) {
    const result = await turn({ ...settings, by: one.by, said: one.said, last: previous });
    previous = { request: result.request, response: result.response };
    if (JSON.stringify(result.played.pieces) !== JSON.stringify(one.pieces)) differ.push(index + 1);
  }
  $("copied").textContent = differ.length ? `Replayed: turn ${differ.join(", ")} went another way.` : `Replayed: all ${told.length} turns went the same way.`;
});

async function begin(locale) {
  voice.stop();
  ears.cancel();
  last = null;
  open = false;
  const chosen = await setup(locale);
  settings.locale = chosen.locale;
  document.querySelectorAll("#caption, #you, #suggestions, #log, #cards").forEach((element) => { element.lang = chosen.locale; });
  showSetup(chosen, settings.device);
  showSession({ lines: ["No session: nothing is remembered."], place: null, settled: {} });
  showScreen(null);
  showSentence(`Say “open ${chosen.invocation}”, or press the button.`);
  showOpen();
  showState("idle");
  showHelp();
  $("hands-free").disabled = $("talk").disabled = !ears.work;
}

begin();
