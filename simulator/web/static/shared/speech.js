// The browser's own voice and ears, each with a way to go on where the browser has none.

const START_MS = 2500; // An engine that has not begun by then has no voice: captions go on without it.
const MOST_MS_A_CHARACTER = 250; // Slower than any voice at the slowest rate: an engine that hangs is left.
const SILENT_MS = 120; // How long a sentence is marked as spoken where nothing is heard.

export class Voice {
  constructor(synthesis) {
    this.synthesis = synthesis;
    this.works = Boolean(synthesis);
    this.turn = 0;
  }

  tryAgain() { this.works = Boolean(this.synthesis); }

  stop() {
    this.turn += 1;
    if (this.wake) this.wake();
    if (this.synthesis) this.synthesis.cancel();
  }

  // Speaks the pieces one after the other. Resolves to false when stop() or another say() came in between.
  async say(pieces, { locale, aloud, onPiece, voice = null, pace = 1 }) {
    this.stop();
    const turn = this.turn;
    for (const [index, piece] of pieces.entries()) {
      if (piece.pause_ms && aloud && this.works) await this.wait(piece.pause_ms);
      if (turn !== this.turn) return false;
      onPiece(index);
      if (aloud && this.works) await this.utter({ ...piece, rate: piece.rate * pace }, locale, voice);
      else await this.wait(SILENT_MS);
      if (turn !== this.turn) return false;
    }
    return true;
  }

  wait(milliseconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => { clearTimeout(timer); resolve(); };
    });
  }

  utter(piece, locale, voice) {
    return new Promise((resolve) => {
      const utterance = new SpeechSynthesisUtterance(piece.spoken);
      utterance.lang = locale;
      if (voice) utterance.voice = voice;
      utterance.rate = piece.rate;
      let timer = setTimeout(() => { this.works = false; this.synthesis.cancel(); resolve(); }, START_MS);
      const done = () => { clearTimeout(timer); resolve(); };
      utterance.onstart = () => {
        clearTimeout(timer);
        timer = setTimeout(() => { this.synthesis.cancel(); resolve(); }, 3000 + piece.spoken.length * MOST_MS_A_CHARACTER);
      };
      utterance.onend = done;
      utterance.onerror = (event) => {
        if (event.error !== "interrupted" && event.error !== "canceled") this.works = false;
        done();
      };
      this.wake = done;
      this.synthesis.speak(utterance);
    });
  }
}

export class Ears {
  constructor(Recognition) {
    this.Recognition = Recognition;
    this.recognition = null;
  }

  get work() { return Boolean(this.Recognition); }
  get listening() { return this.recognition !== null; }

  // Listens once. Resolves to the words, "" for silence, or null when cancel() came; rejects when it may not listen.
  listen(locale, onPartial) {
    this.cancel();
    return new Promise((resolve, reject) => {
      const recognition = new this.Recognition();
      this.recognition = recognition;
      recognition.lang = locale;
      recognition.interimResults = true;
      let words = "";
      let error = null;
      recognition.onresult = (event) => {
        words = Array.from(event.results, (result) => result[0].transcript).join(" ").trim();
        onPartial(words);
      };
      recognition.onerror = (event) => { error = event.error; };
      recognition.onend = () => {
        const cancelled = this.recognition !== recognition;
        if (!cancelled) this.recognition = null;
        if (cancelled) resolve(null);
        else if (error && error !== "no-speech" && error !== "aborted") reject(new Error(error));
        else resolve(words);
      };
      recognition.start();
    });
  }

  // Ends the listening and keeps what was heard.
  finish() { if (this.recognition) this.recognition.stop(); }

  // Ends the listening and drops what was heard.
  cancel() {
    const recognition = this.recognition;
    this.recognition = null;
    if (recognition) recognition.abort();
  }
}
