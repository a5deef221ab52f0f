// Puts things on the page. Everything that is shown comes from the server.

import { $, make } from "../shared/dom.js";

export { $ };

const STATES = { idle: "Ready", listening: "Listening", thinking: "Thinking", speaking: "Speaking", over: "The session is over" };

export function showState(state) {
  document.body.dataset.state = state;
  if ($("state").textContent !== STATES[state]) $("state").textContent = STATES[state];
}

export function showYou(words) {
  $("you").hidden = !words;
  $("you").textContent = words ? `You: ${words}` : "";
}

export function showCaption(pieces) {
  $("caption").replaceChildren(...pieces.flatMap((piece) => [make("span", { textContent: piece.shown }), " "]));
}

export function markSpoken(index) {
  $("caption").querySelectorAll("span").forEach((span, number) => span.classList.toggle("now", number === index));
}

export function showSentence(sentence) { showCaption([{ shown: sentence }]); }

export function addCard(card) {
  $("no-cards").hidden = true;
  const paragraphs = card.content.split("\n\n").map((text) => make("p", { textContent: text }));
  $("cards").prepend(make("li", { className: "card" },
    make("p", { className: "card-from", textContent: "Upper Back Guide" }),
    make("h3", { textContent: card.title }), ...paragraphs));
}

export function showScreen(card) {
  $("screen-title").textContent = card ? card.title : "Upper Back Guide";
  $("screen-text").textContent = card ? card.content.split("\n\n")[0] : "";
}

export function addLine(who, text) {
  $("log").append(make("li", { className: who === "You" ? "log-you" : "" },
    make("span", { className: "who", textContent: who }), make("span", { textContent: text })));
}

const capital = (text) => text[0].toUpperCase() + text.slice(1);

export function showSetup(setup, device) {
  const options = (values, chosen, name) => values.map((value) =>
    make("option", { value, textContent: name(value), selected: value === chosen }));
  const languages = new Intl.DisplayNames(["en"], { type: "language", style: "short", languageDisplay: "standard" });
  $("device").replaceChildren(...options(setup.devices, device, capital));
  $("locale").replaceChildren(...options(setup.locales, setup.locale, (locale) => languages.of(locale)));
  $("suggestions").replaceChildren(...setup.suggestions.map((phrase) =>
    make("button", { type: "button", className: "chip", textContent: capital(phrase), dataset: { say: phrase } })));
  const names = Object.fromEntries(setup.flowchart.levels.map((level) => [level.id, level.name]));
  $("levels").replaceChildren(...setup.flowchart.levels.map((level) =>
    make("li", { className: `level ${level.id}`, textContent: level.name, dataset: { node: level.id } })));
  $("chart").replaceChildren(...setup.flowchart.nodes.map((node) =>
    make("li", { className: "node", title: node.why, dataset: { node: node.id } },
      make("span", { className: "number", textContent: node.number }),
      make("span", { className: "signs", textContent: node.text }),
      make("span", { className: "mark" }),
      make("span", { className: `yes level ${node.level}`, textContent: `${node.answer} → ${names[node.level]}` }))));
}

export function showSession(state) {
  $("session").replaceChildren(...state.lines.map((line) => make("li", { textContent: line })));
  document.querySelectorAll("[data-node]").forEach((node) => {
    const here = node.dataset.node === state.place;
    const settled = state.settled[node.dataset.node] || "";
    node.classList.toggle("here", here);
    node.classList.toggle("settled", Boolean(settled));
    if (here) node.setAttribute("aria-current", "step"); else node.removeAttribute("aria-current");
    const mark = node.querySelector(".mark");
    if (mark) mark.textContent = settled;
    if (here) $("drawer").scrollTop = Math.max(0, Math.min($("drawer").scrollTop, node.offsetTop - 120));
  });
}
