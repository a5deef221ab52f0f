// Every turn as a developer wants it: what was handed over and understood, the request to edit, the response, the log.

import { $, make } from "../shared/dom.js";

// Adds a turn. again(request) sends an edited request; it throws where the text is no request.
export function addTurn(number, turn, again) {
  const { understood, request, response, milliseconds, logged } = turn;
  const { acts, unaccounted } = understood || { acts: [], unaccounted: [] };
  const facts = [
    acts.length ? `understood: ${acts.join(", ")}` : null,
    unaccounted.length ? `not accounted for: ${unaccounted.join(", ")}` : null,
    `${milliseconds.toFixed(1)} ms over HTTP`,
    `${new TextEncoder().encode(JSON.stringify(response)).length} bytes`,
    logged.length ? null : "nothing was logged",
  ].filter(Boolean);
  const readings = make("div", { className: "readings" });
  $("turns").querySelectorAll("details").forEach((details) => { details.open = false; });
  $("turns").prepend(make("li", {}, make("details", { open: true },
    make("summary", {}, make("strong", { textContent: acts.join(", ") || request.request.type }),
      make("span", { textContent: turn.words ? ` “${turn.words}”` : "" })),
    make("ul", { className: "facts" }, ...facts.map((fact) => make("li", { textContent: fact }))),
    readings,
    ...(logged.length ? [shown(`Log of turn ${number}`, logged.join("\n"))] : []),
    editor(number, request, again),
    shown(`Response of turn ${number}`, JSON.stringify(response, null, 2)))));
  return readings;
}

function shown(name, text) {
  return make("div", {}, make("h4", { textContent: name }),
    make("pre", { tabIndex: 0, role: "region", ariaLabel: name, textContent: text }));
}

function editor(number, request, again) {
  const name = `Request of turn ${number}`;
  const text = make("textarea", { className: "request", ariaLabel: name, spellcheck: false, rows: 10, value: JSON.stringify(request, null, 2) });
  const fault = make("p", { className: "quiet", role: "status" });
  const send = make("button", { type: "button", className: "plain", textContent: "Send it again as it stands" });
  send.addEventListener("click", async () => {
    fault.textContent = "";
    try {
      await again(JSON.parse(text.value));
    } catch (error) {
      fault.textContent = `This was not sent: ${error.message}`;
    }
  });
  return make("div", {}, make("h4", { textContent: name }), text, send, fault);
}

// Shows what Alexa would have handed over beside what our hearing makes of the words.
export function showReadings(place, { alexa, hearing }) {
  const column = (title, reading, ...more) => make("div", { className: "reading" },
    make("h4", { textContent: title }),
    ...[
      ...more,
      ...Object.entries(reading.slots).map(([slot, value]) => `${slot}: ${value}`),
      `acts: ${reading.acts.join(", ") || "none"}`,
      ...["present", "absent", "doubted"].filter((key) => reading[key].length).map((key) => `${key}: ${reading[key].join(", ")}`),
      ...(reading.unaccounted.length ? [`not accounted for: ${reading.unaccounted.join(", ")}`] : []),
      `level: ${reading.level}`,
    ].map((line) => make("p", { textContent: line })));
  const same = JSON.stringify(alexa.acts) === JSON.stringify(hearing.acts);
  place.classList.toggle("differ", !same);
  place.replaceChildren(
    column("As Alexa would hand it over", alexa, `${alexa.intent}, nearness ${alexa.nearness}`, `sample: ${alexa.sample || "none"}`),
    column("As our hearing takes the words", hearing));
}
