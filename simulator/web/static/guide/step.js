// A step of guided relief: a drawing that moves with the words, and the count beside it.

import { make } from "../shared/dom.js";

// Returns the elements of the step, and follow(): it goes by what is spoken, or by the clock where nothing is.
export function step(screen) {
  const figure = document.getElementById("figure").content.firstElementChild.cloneNode(true);
  const count = make("p", { className: "count", ariaHidden: "true" });
  const cue = make("p", { className: "cue" });
  const box = make("div", { className: "step" }, make("div", { className: "drawn" }, figure, count), cue);
  let next = 0;
  let timers = [];

  function show(index) {
    const { text, pose, count: number } = screen.cues[index];
    next = index + 1;
    figure.dataset.pose = pose;
    count.textContent = number ? `${number}` : "";
    if (screen.counts && number) count.dataset.of = `/ ${screen.counts}`;
    else delete count.dataset.of;
    cue.textContent = text;
  }

  function stop() {
    timers.forEach(clearTimeout);
    timers = [];
  }

  return {
    box,
    stop,
    spoken(piece) { if (next < screen.cues.length && piece.shown === screen.cues[next].text) show(next); },
    byClock(read) {
      stop();
      const moments = [...screen.cues.map((one, index) => [one.at, () => { show(index); read(one.text); }]), [screen.seconds, () => read(screen.ask)]];
      timers = moments.map(([at, act]) => setTimeout(() => { if (box.isConnected) act(); }, at * 1000));
    },
    begin() { if (screen.cues.length) show(0); next = 0; },
  };
}
