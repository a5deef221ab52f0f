// What the person chose of voice, pace, sounds and keys. It is kept in this tab alone, with no word of the conversation.

import { $, make } from "../shared/dom.js";

const KEY = "upper-back-guide-settings";
const SWITCHES = { aloud: "aloud", sounds: "sounds", handsFree: "hands-free", keys: "keys" };

export class Settings {
  constructor({ voice, ears, locale, changed, erased }) {
    this.speaker = voice;
    this.locale = locale;
    this.load();
    for (const id of [...Object.values(SWITCHES), "voice", "pace"]) {
      $(id).addEventListener("change", () => { this.save(); this.speaker.tryAgain(); this.showVoice(); changed(); });
    }
    $("hands-free").disabled = !ears.work;
    $("aloud-at-first").checked = this.aloud;
    $("aloud-at-first").addEventListener("change", () => { this.aloud = $("aloud-at-first").checked; this.save(); changed(); });
    $("aloud").addEventListener("change", () => { $("aloud-at-first").checked = this.aloud; });
    $("settings-open").addEventListener("click", () => { this.showVoice(); $("settings").showModal(); });
    $("erase").addEventListener("click", () => { $("settings").close(); erased(); });
    $("language")?.addEventListener("change", () => location.assign(`/?locale=${encodeURIComponent($("language").value)}`));
    window.speechSynthesis?.addEventListener?.("voiceschanged", () => this.showVoice());
    this.showVoice();
  }

  get aloud() { return $("aloud").checked; }
  set aloud(on) { $("aloud").checked = on; }
  get sounds() { return $("sounds").checked; }
  get keys() { return $("keys").checked; }
  get handsFree() { return $("hands-free").checked; }
  set handsFree(on) { $("hands-free").checked = on; }
  get pace() { return Number($("pace").value); }
  get voice() { return this.voices().find((voice) => voice.voiceURI === $("voice").value) || null; }

  voices() {
    const language = this.locale.split("-")[0];
    return (window.speechSynthesis?.getVoices() || []).filter((voice) => voice.lang.startsWith(language));
  }

  showVoice() {
    const chosen = this.wanted ?? $("voice").value;
    const options = this.voices().map((voice) => make("option", { value: voice.voiceURI, textContent: voice.name }));
    $("voice").replaceChildren($("voice").firstElementChild, ...options);
    $("voice").value = options.some((option) => option.value === chosen) ? chosen : "";
    $("no-voice").hidden = this.speaker.works;
  }

  load() {
    let stored = {};
    try {
      stored = JSON.parse(sessionStorage.getItem(KEY)) || {};
    } catch {
      // What cannot be read is as it was at first.
    }
    for (const [name, id] of Object.entries(SWITCHES)) if (name in stored) $(id).checked = stored[name] === true;
    if (stored.pace) $("pace").value = stored.pace;
    this.wanted = stored.voice;
  }

  save() {
    this.wanted = undefined;
    const chosen = Object.fromEntries(Object.entries(SWITCHES).map(([name, id]) => [name, $(id).checked]));
    try {
      sessionStorage.setItem(KEY, JSON.stringify({ ...chosen, pace: $("pace").value, voice: $("voice").value }));
    } catch {
      // Without storage the choice holds until the page is closed.
    }
  }
}
