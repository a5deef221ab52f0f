// The conversation: what the person does goes to the guide, what comes back is kept. It knows no element of the page.

import { Lost, turn } from "../shared/api.js";
import { erase, keep, kept } from "./kept.js";

export class Conversation {
  // shows: thinking(busy), turned(pieces), again(pieces), closed(), failed(error, lost).
  constructor({ locale, mark }, shows) {
    this.locale = locale;
    this.mark = mark;
    this.shows = shows;
    this.waiting = Promise.resolve(); // Turns are taken one after the other, however fast someone types.
    this.busy = false;
    this.clear();
  }

  clear() {
    Object.assign(this, { last: null, screen: null, pieces: [], reprompt: [], open: false, log: [], at: null, heard: "" });
    this.silences = 0;
    this.undone = null;
  }

  forget() {
    this.clear();
    erase();
  }

  // What was kept of this tab's conversation; null where there is none.
  static kept(mark) { return kept(mark); }

  resume(found) { Object.assign(this, found); }

  begin() {
    this.forget();
    return this.act({ said: null });
  }

  // A touch carries the mark of the screen that it was made on: made twice, the second one answers nothing.
  touch(choice) {
    if (this.busy) return this.waiting;
    if (choice.said) return this.say(choice.said);
    return this.act({ touch: choice.touch, token: this.screen.token }, choice.label);
  }

  say(words) { return this.act({ said: words }, words); }

  silence() { return this.act({ silence: (this.silences += 1) }); }

  retry() {
    const { done, label } = this.undone;
    return this.act(done, label);
  }

  act(done, label = "") {
    this.busy = true;
    this.waiting = this.waiting.then(() => this.take(done, label));
    return this.waiting;
  }

  async take(done, label) {
    this.shows.thinking(true);
    try {
      const result = await turn({ ...done, locale: this.locale, device: "speaker", last: this.last });
      this.busy = false;
      this.undone = null;
      if (result.reprompt) this.shows.again(this.reprompt);
      else this.took(result, done, label);
    } catch (error) {
      this.busy = false;
      const lost = error instanceof Lost;
      if (lost) this.undone = { done, label };
      this.shows.failed(error, lost);
    } finally {
      this.shows.thinking(false);
    }
  }

  took(result, done, label) {
    const { played, request, response, screen } = result;
    this.last = { request, response };
    this.open = played.open;
    this.at = new Date().toISOString();
    if (!("silence" in done)) this.silences = 0;
    if (!played.pieces.length) {
      this.forget();
      this.shows.closed();
      return;
    }
    this.pieces = played.pieces;
    this.reprompt = played.reprompt;
    this.heard = "said" in done ? label : "";
    if (label) this.log.push({ you: true, text: label });
    this.log.push({ you: false, text: played.pieces.map((piece) => piece.shown).join(" ") });
    this.screen = screen && (screen.ask || !played.open) ? screen : this.plain(played, Boolean(screen));
    this.screen.card = played.card;
    const { mark, last, open, pieces, reprompt, log, at } = this;
    keep({ mark, last, screen: this.screen, open, pieces, reprompt, log, at });
    this.shows.turned(played.pieces);
  }

  // Where a turn failed on the other side, its sentences are shown, and the screen before can still be touched. Where
  // Alexa asks something of her own, a touch says its word: the skill is not asked.
  plain(played, hers) {
    const asked = played.reprompt.map((piece) => piece.shown).join(" ");
    const lead = played.pieces.map((piece) => piece.shown).filter((shown) => !asked.includes(shown));
    const before = this.screen || { answers: [], named: [], controls: [], token: "" };
    const { token } = before;
    const answers = hers ? before.answers.slice(0, 2).map(({ label }) => ({ label, said: label })) : before.answers;
    const [named, controls] = hers ? [[], []] : [before.named, before.controls];
    return { kind: "question", title: "", sections: [], lead, ask: asked, answers, named, controls, token, progress: null };
  }
}
