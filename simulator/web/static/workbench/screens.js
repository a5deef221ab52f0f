// The screen of a turn on five shapes, small, as far as it fits: what is cut here needs a look at the documents.

import { $, make } from "../shared/dom.js";

const SHAPES = {
  "Hub, round": [120, 120], "Hub, small": [170, 102], "Hub, extra large": [200, 125], "Hub, portrait": [90, 160], TV: [200, 113],
};

export function showScreens(screen) {
  if (!screen) {
    $("screens").replaceChildren();
    return;
  }
  const lines = [...(screen.lead || []), ...screen.sections.flatMap((section) => section.lines), ...(screen.items || []).map((item) => item.label)];
  const cue = screen.cues && screen.cues[0];
  const touched = [...(screen.answers || []), ...(screen.named || [])].map((choice) => choice.label);
  $("screens").replaceChildren(...Object.entries(SHAPES).map(([name, [width, height]]) => {
    const picture = make("div", { className: `shape ${name === "Hub, round" ? "round" : ""}`, dataset: { kind: screen.kind } },
      ...(screen.progress ? [make("p", { className: "shape-small", textContent: screen.progress.label })] : []),
      make("p", { className: "shape-title", textContent: screen.title || screen.ask || lines[0] || "" }),
      ...(cue ? [make("p", { textContent: cue.text })] : []),
      make("p", { className: "shape-small", textContent: lines.join(" ") }),
      make("p", { className: "shape-small", textContent: touched.join(" · ") }));
    picture.style.width = `${width}px`;
    picture.style.height = `${height}px`;
    return make("figure", {}, picture, make("figcaption", { className: "shape-small", textContent: name }));
  }));
}
