// Makes what stands on the stage, from the screen that goes with a reply. It decides nothing: what can be touched, and
// in which order things are said, is in the screen.

import { make } from "../shared/dom.js";
import { linked } from "./lines.js";
import { ofCard, sheet } from "./sheet.js";

// Returns the elements of a screen that goes on. with_: words, locale, numbers, at, heard, touch(choice), notice(text).
export function staged(screen, with_, step) {
  if (screen.level) return [...heard(with_), sheet(named(screen), sheetWords(with_)), ...lead(screen, with_)];
  if (screen.items) return checklist(screen, with_);
  if (step) return [...progress(screen, "h1"), ...lead(screen, with_), step.box];
  if (!screen.ask) return closing(screen, with_);
  if (screen.title) return told(screen, with_);
  return [...progress(screen), ...heard(with_), title(screen.ask), ...lead(screen, with_), ...card(screen, with_), ...chips(screen, with_)];
}

// Whether the question stands in the bar, over its answers, since something else is the title of the stage.
export function askedInBar(screen) { return Boolean(screen.ask && (screen.level || screen.cues || screen.title)); }

// Returns the elements that fill the whole view where somebody has to be called; there is nothing else to press.
export function alarm(screen, words) {
  const calls = screen.calls.map((call) => (call.number
    ? make("a", { className: "dial", href: `tel:${call.number}` }, make("span", { textContent: words.call }), " ", make("strong", { textContent: call.label }))
    : make("p", { className: "dial", textContent: call.label })));
  const sections = screen.sections.map((section) =>
    make("div", { className: `alarm-${section.id}` }, ...section.lines.map((line) => make("p", { textContent: line }))));
  return make("section", { className: "alarm", role: "alert", dataset: { kind: screen.kind } },
    make("h1", { textContent: screen.title, tabIndex: -1 }),
    make("div", { className: "dials" }, ...calls, make("p", { className: "phone", textContent: words.phone })),
    ...sections);
}

function title(text) { return make("h1", { className: "ask", textContent: text, tabIndex: -1 }); }

function progress(screen, element = "p") {
  if (!screen.progress) return [];
  const { number, of, label } = screen.progress;
  const bar = make("span", { className: "steps", ariaHidden: "true" },
    ...Array.from({ length: of }, (_, index) => make("span", { className: index < number ? "done" : "" })));
  return [make("div", { className: "progress" }, make(element, { className: "small", textContent: label, tabIndex: -1 }), bar)];
}

function heard({ heard: said, words }) {
  return said ? [make("p", { className: "small heard", textContent: `${words.talk.heard}: “${said}”` })] : [];
}

function lead(screen, { numbers }) {
  if (!screen.lead || !screen.lead.length) return [];
  return [make("div", { className: "lead" }, ...screen.lead.map((line) => make("p", {}, ...linked(line, numbers))))];
}

function chips(screen, { touch }) {
  if (!screen.named.length) return [];
  const list = screen.named.map((choice) => make("li", {}, button(choice, "chip", touch)));
  return [make("ul", { className: "chips" }, ...list)];
}

function button(choice, className, touch) {
  const made = make("button", { type: "button", className, textContent: choice.label });
  made.addEventListener("click", () => touch(choice));
  return made;
}

function checklist(screen, with_) {
  const items = screen.items.map((item) => {
    const made = button(item, "check", with_.touch);
    made.append(make("span", { className: "change", textContent: with_.words.sheet.change }));
    return make("li", { className: item.softly ? "softly" : "" }, made);
  });
  return [...heard(with_), title(screen.ask), ...lead(screen, with_),
    make("p", { className: "soft", textContent: screen.hint }), make("ul", { className: "checks" }, ...items)];
}

function told(screen, with_) {
  return [...progress(screen), ...heard(with_), title(screen.title), ...lead(screen, with_), ...lines(screen, with_), ...card(screen, with_)];
}

function closing(screen, with_) {
  const [first, ...rest] = screen.sections.flatMap((section) => section.lines);
  return [title(first || with_.words.session.over), ...rest.map((line) => make("p", { className: "large" }, ...linked(line, with_.numbers)))];
}

function lines(screen, { numbers }) {
  return screen.sections.map((section) =>
    make("div", { className: "told" }, ...section.lines.map((line) => make("p", {}, ...linked(line, numbers)))));
}

function card(screen, with_) { return screen.card ? [sheet(ofCard(screen.card), sheetWords(with_))] : []; }

function named(screen) {
  return { ...screen, sections: screen.sections.map((section) => ({ ...section, names: section.names ?? isNames(section) })) };
}

// Names of signs stand in a list; sentences end with a stop.
function isNames(section) { return section.lines.length > 0 && section.lines.every((line) => !/[.!?。]$/u.test(line)); }

function sheetWords({ words, locale, numbers, at, notice }) { return { words: words.sheet, locale, numbers, at, notice }; }
