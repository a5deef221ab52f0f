// Draws one document after the other, and tells what is drawn: texts, what can be touched, where, and in which order.
"use strict";

const started = Promise.all([
  AplRenderer.initEngine(),
  document.fonts.load('400 20px "amazon-ember-display"'),
  document.fonts.load('700 20px "amazon-ember-display"'),
]);
const TEXT = 8, TOUCH = 9, VECTOR = 10;
let renderer = null;
let errors = [];
let sent = [];

async function draw(directive, shape, theme) {
  await started;
  if (renderer) renderer.destroy();
  errors = [];
  sent = [];
  const old = document.getElementById("view");
  const view = document.createElement("div");
  view.id = "view";
  view.className = shape.round ? "round" : "";
  view.style.width = `${shape.width}px`;
  view.style.height = `${shape.height}px`;
  old.replaceWith(view);
  const content = AplRenderer.Content.create(JSON.stringify(directive.document));
  content.addData("payload", JSON.stringify(directive.datasources));
  if (content.isError()) throw new Error("The document cannot be read.");
  renderer = AplRenderer.default.create({
    view,
    content,
    theme,
    mode: shape.mode,
    environment: { agentName: "upper-back-guide", agentVersion: "1" },
    viewport: { width: shape.width, height: shape.height, isRound: shape.round, shape: shape.round ? "ROUND" : "RECTANGLE", dpi: shape.dpi },
    utcTime: Date.now(),
    localTimeAdjustment: 0,
    notLoadFonts: true,
    logLevel: "error",
    onSendEvent: (event) => sent.push(event.arguments),
    onRunTimeError: (found) => errors.push(...found),
  });
  await renderer.init();
}

// What is drawn, in the order of the document, which is the order in which it is read and reached.
function drawn() {
  const found = [];
  const visit = (component, clip, touch) => {
    const own = renderer.componentMap[component.getUniqueId()];
    const box = own ? own.container.getBoundingClientRect() : null;
    let inner = clip;
    if (box) {
      const type = component.getType();
      const at = { x: box.x, y: box.y, width: box.width, height: box.height };
      inner = type === 6 || type === 7 ? meet(clip, at) : clip;
      const shown = meet(clip, at);
      if (type === TOUCH) {
        const key = AplRenderer.PropertyKey.kPropertyAccessibilityLabel;
        touch = { kind: "touch", label: component.getCalculatedByKey(key), box: at, shown, text: "" };
        found.push(touch);
      } else if (type === TEXT) {
        const style = getComputedStyle(own.container.querySelector("p, span") || own.container);
        const text = own.container.textContent;
        if (touch) touch.text += text;
        if (text) found.push({ kind: "text", text, box: at, shown, size: parseFloat(style.fontSize), colour: style.color, touch: Boolean(touch) });
      } else if (type === VECTOR) {
        found.push({ kind: "drawing", box: at, shown });
      }
    }
    for (let index = 0; index < component.getChildCount(); index += 1) visit(component.getChildAt(index), inner, touch);
  };
  const view = document.getElementById("view").getBoundingClientRect();
  visit(renderer.context.topComponent(), { x: view.x, y: view.y, width: view.width, height: view.height }, null);
  return found;
}

function meet(one, other) {
  const x = Math.max(one.x, other.x);
  const y = Math.max(one.y, other.y);
  return {
    x,
    y,
    width: Math.max(0, Math.min(one.x + one.width, other.x + other.width) - x),
    height: Math.max(0, Math.min(one.y + one.height, other.y + other.height) - y),
  };
}

// Two frames: what was done before the first is drawn, and its commands have run, by the second.
const frames = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));

// The viewhost passes over a mouse for half a second after it began, so that a finger is not taken for both.
async function awake() {
  const wait = 550 - (Date.now() - renderer.lastPointerEventTimestamp);
  if (wait > 0) await new Promise((done) => setTimeout(done, wait));
}

const told = () => ({ errors, sent });
