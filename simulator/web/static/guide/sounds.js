// Short sounds that tell, without looking, that the page listens and that it has heard.

const NOTES = { listens: [523, 784], heard: [784, 523], silent: [392] };
const NOTE_SECONDS = 0.09;
const LOUDNESS = 0.08;

let context = null;

export function play(name) {
  const Context = window.AudioContext;
  if (!Context) return;
  context = context || new Context();
  context.resume().catch(() => {});
  NOTES[name].forEach((frequency, index) => {
    const begins = context.currentTime + index * NOTE_SECONDS;
    const tone = new OscillatorNode(context, { frequency });
    const volume = new GainNode(context, { gain: 0 });
    volume.gain.setValueAtTime(LOUDNESS, begins);
    volume.gain.exponentialRampToValueAtTime(0.001, begins + NOTE_SECONDS);
    tone.connect(volume).connect(context.destination);
    tone.start(begins);
    tone.stop(begins + NOTE_SECONDS);
  });
}
