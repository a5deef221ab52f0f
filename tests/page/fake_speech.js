// A voice and ears that tests steer. Put into the page before its own scripts.
(() => {
  const spoken = [];
  const voice = {
    spoken, held: false, mute: false, current: null,
    getVoices: () => [
      { name: "Ada", voiceURI: "ada", lang: "en-US" },
      { name: "Brian", voiceURI: "brian", lang: "en-GB" },
      { name: "Chloé", voiceURI: "chloe", lang: "fr-FR" },
    ],
    speak(utterance) {
      if (this.mute) return;
      spoken.push({ text: utterance.text, rate: utterance.rate, lang: utterance.lang, voice: utterance.voice?.name, at: performance.now() });
      this.current = utterance;
      setTimeout(() => {
        if (this.current !== utterance) return;
        utterance.onstart?.(new Event("start"));
        if (!this.held) setTimeout(() => this.finish(utterance), 1);
      }, 1);
    },
    finish(utterance = this.current) {
      if (this.current !== utterance || !utterance) return;
      this.current = null;
      utterance.onend?.(new Event("end"));
    },
    cancel() {
      const utterance = this.current;
      this.current = null;
      if (utterance) utterance.onerror?.(Object.assign(new Event("error"), { error: "canceled" }));
    },
  };
  Object.defineProperty(window, "speechSynthesis", { value: voice });
  window.fakeVoice = voice;
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };

  window.fakeLight = { locks: 0 };
  Object.defineProperty(navigator, "wakeLock", {
    value: {
      async request() {
        window.fakeLight.locks += 1;
        const lock = new EventTarget();
        lock.release = async () => { window.fakeLight.locks -= 1; };
        return lock;
      },
    },
  });
  Object.defineProperty(navigator, "share", { value: async (shared) => { window.fakeLight.shared = shared; } });

  const ears = { current: null, begun: 0, pending: "" };
  window.fakeEars = {
    state: () => ({ listening: ears.current !== null, begun: ears.begun, lang: ears.current?.lang }),
    hear(words) {
      ears.current.onresult?.({ results: [[{ transcript: words }]] });
      this.end();
    },
    partly(words) { ears.current.onresult?.({ results: [[{ transcript: words }]] }); },
    fail(error) { ears.current.onerror?.({ error }); this.end(); },
    end() { const current = ears.current; ears.current = null; current.onend?.(); },
  };
  window.SpeechRecognition = class {
    start() { ears.begun += 1; ears.current = this; }
    stop() { if (ears.current === this) window.fakeEars.end(); }
    abort() { if (ears.current === this) { ears.current = null; setTimeout(() => this.onend?.(), 0); } }
  };
})();
