// The bar at the bottom: yes, no and "not sure" stand where they always stand.

import { $ } from "../shared/dom.js";

const PLACES = ["answer-0", "answer-1", "answer-2"];

// A second tap of the same hand is no answer to the next question.
const SETTLE_MS = 300;

export class Answers {
  constructor(touch) {
    this.choices = [];
    PLACES.forEach((id, index) => $(id).addEventListener("click", () => {
      if ("settled" in $("bar").dataset) touch(this.choices[index]);
    }));
  }

  show(choices) {
    this.choices = choices;
    delete $("bar").dataset.settled;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { $("bar").dataset.settled = ""; }, SETTLE_MS);
    PLACES.forEach((id, index) => {
      $(id).hidden = !choices.length;
      $(id).classList.toggle("absent", !choices[index]);
      $(id).disabled = !choices[index];
      $(id).textContent = choices[index] ? choices[index].label : "";
    });
  }

  // Does what a key of the bar does; returns whether there was such an answer.
  press(index) {
    if (!this.choices[index]) return false;
    $(PLACES[index]).click();
    return true;
  }
}
