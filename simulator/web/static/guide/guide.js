// The page for people: it shows the screen that goes with each reply, reads it aloud, and takes what is done.

import { $, make } from "../shared/dom.js";
import { Ears, Voice } from "../shared/speech.js";
import { Answers } from "./answers.js";
import { Conversation } from "./conversation.js";
import { alarm, askedInBar, staged } from "./screens.js";
import { Settings } from "./settings.js";
import { play } from "./sounds.js";
import { step as stepOf } from "./step.js";

const setup = JSON.parse($("setup").textContent);
const { words, locale, numbers } = setup;
const welcome = [...$("screen").childNodes];
const voice = new Voice(window.speechSynthesis);
const ears = new Ears(window.SpeechRecognition || window.webkitSpeechRecognition);
const settings = new Settings({ voice, ears, locale, changed, erased: () => toWelcome() });
const answers = new Answers((choice) => touch(choice));
const conversation = new Conversation(setup, { thinking, turned, again, closed, failed });
let step = null;
let found = Conversation.kept(setup.mark);

// --- What the person does

function touch(choice) {
  quiet();
  conversation.touch(choice);
}

function say(said) {
  quiet();
  conversation.say(said);
}

function begin() {
  quiet();
  conversation.begin();
}

function quiet() {
  voice.stop();
  ears.cancel();
  if (step) step.stop();
  showListening(false);
  notice("");
}

async function listen() {
  quiet();
  showListening(true);
  if (settings.sounds) play("listens");
  let said;
  try {
    said = await ears.listen(locale, (partly) => notice(`${words.talk.heard}: “${partly}”`));
  } catch {
    showListening(false);
    settings.handsFree = false;
    notice(words.talk.refused);
    return;
  }
  if (said === null) return;
  showListening(false);
  notice("");
  if (settings.sounds) play(said ? "heard" : "silent");
  if (said) conversation.say(said);
  else if (conversation.open && settings.handsFree) conversation.silence();
}

// --- What comes back

function thinking(busy) {
  document.body.toggleAttribute("data-busy", busy);
  $("bar").ariaBusy = String(busy);
}

function turned(pieces) {
  showTurn();
  announce(pieces);
  speak(pieces);
}

function again(pieces) {
  announce(pieces);
  speak(pieces);
}

function closed() {
  toWelcome(words.session.silent);
  announceText(words.session.silent);
}

function failed(error, lost) {
  if (!lost) {
    notice(error.message);
    return;
  }
  const retry = make("button", { type: "button", className: "strong", textContent: words.lost.retry });
  retry.addEventListener("click", () => { quiet(); conversation.retry(); });
  $("lost").replaceChildren(
    make("p", { className: "lost-sentence", textContent: words.lost.sentence }),
    make("p", {}, ...callLine(words.lost.emergency)), retry);
  $("lost").hidden = false;
  window.scrollTo(0, 0);
}

function callLine(line) {
  const emergency = setup.emergency;
  const [before, ...after] = emergency.number ? line.split(emergency.label) : [line];
  if (!after.length) return [line];
  return [before, make("a", { href: `tel:${emergency.number}`, textContent: emergency.label }), after.join(emergency.label)];
}

// --- What is shown

function showTurn() {
  const { screen } = conversation;
  const had = document.activeElement;
  $("lost").hidden = true;
  document.body.dataset.kind = screen.kind;
  step = screen.cues && screen.cues.length ? stepOf(screen) : null;
  if (screen.calls) showAlarm(screen);
  else showScreen(screen);
  window.scrollTo(0, 0);
  if (!screen.calls && had !== document.body && !(had.isConnected && had.checkVisibility() && !had.disabled)) focusTitle();
}

function showAlarm(screen) {
  showRest(false);
  $("screen").replaceChildren();
  document.body.append(alarm(screen, words.emergency));
  (document.querySelector(".alarm a") || document.querySelector(".alarm h1")).focus();
}

function showScreen(screen) {
  showRest(true);
  const { at, heard } = conversation;
  $("screen").replaceChildren(...staged(screen, { words, locale, numbers, at, heard, touch, notice }, step));
  $("bar-ask").hidden = !askedInBar(screen);
  $("bar-ask").textContent = askedInBar(screen) ? screen.ask : "";
  answers.show(screen.answers || []);
  showControls(screen.controls || []);
  showLog();
  const over = !screen.ask;
  $("begin").hidden = !over;
  $("begin").textContent = words.session.again;
  $("talk").hidden = over;
  $("more").hidden = false;
  $("typing").hidden = over;
  if (step) step.begin();
  keepAwake();
}

// Where somebody has to be called, nothing else is there.
function showRest(shown) {
  document.querySelector(".alarm")?.remove();
  for (const part of document.querySelectorAll("header, main, #bar")) part.hidden = !shown;
}

function showControls(controls) {
  const offered = controls.filter((choice) => !setup.not_offered.includes(choice.touch.join(" ")));
  $("controls").replaceChildren(...offered.map((choice) => {
    const made = make("button", { type: "button", className: "plain", textContent: choice.label });
    made.addEventListener("click", () => touch(choice));
    return made;
  }));
}

function showLog() {
  $("said").hidden = conversation.log.length < 2;
  $("log").replaceChildren(...conversation.log.map((line) => make("li", { className: line.you ? "you" : "" },
    make("strong", { textContent: `${line.you ? words.session.you : words.session.guide}: ` }), line.text)));
}

function focusTitle() { document.querySelector("#screen h1")?.focus({ preventScroll: true }); }

function notice(text) {
  if ($("notice").textContent !== text) $("notice").textContent = text;
  $("notice").hidden = !text;
}

function showListening(listening) {
  document.body.toggleAttribute("data-listening", listening);
  $("talk").ariaPressed = String(listening);
  $("talk-label").textContent = listening ? words.talk.listening : words.talk.tap;
}

function toWelcome(why) {
  quiet();
  conversation.forget();
  found = null;
  showRest(true);
  document.body.dataset.kind = "welcome";
  step = null;
  $("lost").hidden = true;
  $("screen").replaceChildren(...(why ? [make("p", { className: "lead", textContent: why })] : []), ...welcome);
  $("bar-ask").hidden = true;
  for (const id of ["bar-ask", "live", "log", "controls"]) $(id).replaceChildren();
  answers.show([]);
  $("talk").hidden = $("more").hidden = true;
  $("begin").hidden = false;
  $("begin").textContent = words.welcome.begin;
  keepAwake();
}

// After a reload: what was told stands there again, and one tap goes on.
function offerToGoOn() {
  const { screen } = found;
  document.body.dataset.kind = "resume";
  const calls = (screen.calls || []).filter((call) => call.number).map((call) =>
    make("a", { className: "call again", href: `tel:${call.number}`, textContent: `${words.emergency.call} ${call.label}` }));
  const erase = make("button", { type: "button", className: "plain", textContent: words.resume.erase });
  erase.addEventListener("click", () => { toWelcome(); $("begin").focus(); });
  $("screen").replaceChildren(
    make("h1", { className: "ask", textContent: screen.title || words.resume.title, tabIndex: -1 }),
    ...(calls.length ? [make("p", { className: "row" }, ...calls)] : []),
    ...(calls.length ? [] : [make("p", { className: "large", textContent: words.resume.said })]),
    ...(screen.ask ? [make("p", { className: "lead", textContent: screen.ask })] : []),
    make("p", { className: "row" }, erase));
  $("begin").textContent = words.resume.go_on;
}

function goOn() {
  conversation.resume(found);
  found = null;
  showTurn();
  announce(conversation.pieces);
  speak(conversation.pieces);
}

// --- What is heard: the page's own voice, or the screen reader, and never both

function announce(pieces) { announceText(pieces.map((piece) => piece.shown).join(" ")); }

function announceText(text) {
  const reads = settings.aloud && voice.works;
  const alarmed = document.querySelector(".alarm"); // An alert reads itself.
  alarmed?.setAttribute("aria-live", reads ? "off" : "assertive");
  $("live").textContent = reads || alarmed || step ? "" : text;
}

async function speak(pieces) {
  if (settings.aloud && voice.works) {
    const whole = await voice.say(pieces, {
      locale, aloud: true, voice: settings.voice, pace: settings.pace,
      onPiece: (index) => { if (step && voice.works) step.spoken(pieces[index]); },
    });
    if (!whole) return;
    settings.showVoice();
    if (!voice.works) {
      announce(pieces);
      if (step) follow();
    }
  } else if (step) {
    follow();
  }
  if (conversation.open && settings.handsFree && !conversation.busy) listen();
}

// Without a voice a step goes by the clock, and a screen reader reads it as it goes.
function follow() { step.byClock((text) => { $("live").textContent = text; }); }

function changed() {
  $("live").textContent = "";
  if (!settings.aloud) voice.stop();
}

// --- A step of relief keeps the light on: the hands are not free

let lock = null;
async function keepAwake() {
  if (!step) {
    await lock?.release();
    lock = null;
  } else if (!lock && navigator.wakeLock && document.visibilityState === "visible") {
    try {
      lock = await navigator.wakeLock.request("screen");
      lock.addEventListener("release", () => { lock = null; });
    } catch {
      lock = null; // A low battery refuses it; the step goes on.
    }
  }
}
document.addEventListener("visibilitychange", keepAwake);

// --- The controls

$("begin").addEventListener("click", () => { if (found) goOn(); else begin(); });
$("talk").addEventListener("click", () => { if (ears.listening) ears.finish(); else listen(); });
$("typing").addEventListener("submit", (event) => {
  event.preventDefault();
  const said = $("words").value.trim();
  $("words").value = "";
  if (window.matchMedia("(pointer: coarse)").matches) $("words").blur(); // The keyboard on the glass makes room.
  if (said) say(said);
});
document.addEventListener("keydown", (event) => {
  const elsewhere = event.target.closest("input, select, textarea, dialog") || event.ctrlKey || event.metaKey || event.altKey;
  if (!settings.keys || elsewhere || event.repeat) return;
  const key = event.key.toLowerCase();
  if (key === words.keys.yes) answers.press(0);
  else if (key === words.keys.no) answers.press(1);
  else if (key === words.keys.repeat && conversation.pieces.length) { quiet(); step?.begin(); again(conversation.pieces); }
});

if (!ears.work) {
  $("talk").disabled = true;
  $("talk-label").textContent = words.talk.cannot;
}
if (found) offerToGoOn();
