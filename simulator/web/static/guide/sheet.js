// The result as a sheet to take along: as text, to print, to share, to copy. The page keeps no copy of it.

import { make } from "../shared/dom.js";
import { linked, numbersIn } from "./lines.js";

// Returns the sheet of a result, or of a card that was asked for.
export function sheet(result, { words, locale, numbers, at, notice }) {
  const facts = [`${words.when}: ${moment(at, locale)}`];
  if (result.protocol) facts.push(`${words.protocol}: ${result.protocol}`);
  const text = asText(result, facts);
  const called = numbersIn(result.sections.flatMap((section) => section.lines).join(" "), numbers);
  return make("article", { className: "sheet", dataset: { level: result.level || "" } },
    make("h1", { className: "sheet-title", textContent: result.title, tabIndex: -1 }),
    ...result.sections.map((section) => part(section, numbers)),
    ...(called.length ? [calls(called, words)] : []),
    make("p", { className: "small", textContent: facts.join(" · ") }),
    tools(result, text, words, notice));
}

function part(section, numbers) {
  const body = section.names
    ? make("ul", { className: "names" }, ...section.lines.map((line) => make("li", { textContent: line })))
    : make("div", { className: "lines" }, ...section.lines.map((line) => make("p", {}, ...linked(line, numbers))));
  const heading = section.heading ? [make("h2", { textContent: section.heading })] : [];
  return make("section", { className: "part", dataset: { part: section.id } }, ...heading, body);
}

function calls(numbers, words) {
  return make("section", { className: "part no-print" },
    make("h2", { textContent: words.numbers }),
    make("p", { className: "row" }, ...numbers.map((number) =>
      make("a", { className: "plain", href: `tel:${number.dial}`, textContent: `${words.call} ${number.label}` }))));
}

function tools(result, text, words, notice) {
  const button = (label, act) => {
    const made = make("button", { type: "button", className: "plain", textContent: label });
    made.addEventListener("click", act);
    return made;
  };
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      notice(words.copied);
    } catch {
      notice(words.cannot_copy);
    }
  };
  const share = () => navigator.share({ title: result.title, text }).catch(() => {}); // The person closed it again.
  return make("div", { className: "tools no-print" },
    make("p", { className: "row" },
      button(words.print, () => window.print()),
      ...(navigator.share ? [button(words.share, share)] : []),
      button(words.copy, copy)),
    make("p", { className: "small", textContent: words.not_stored }));
}

function asText(result, facts) {
  const parts = result.sections.map((section) =>
    [section.heading, ...section.lines.map((line) => (section.names ? `- ${line}` : line))].filter(Boolean).join("\n"));
  return [result.title, ...parts, facts.join("\n")].join("\n\n");
}

function moment(at, locale) {
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short" }).format(new Date(at));
}

// A card is a title and paragraphs.
export function ofCard(card) {
  const paragraphs = card.content.split("\n\n");
  return { title: card.title, sections: paragraphs.map((text, index) => ({ id: `card-${index}`, heading: "", lines: [text] })) };
}

