// Lints APL documents with apl-suggester: reads a JSON object of documents by name, prints what it warns of by name.
"use strict";

const { StaticAplTemplateValidator } = require("apl-suggester");

console.warn = () => {}; // it tells of its own tables there

let text = "";
process.stdin.on("data", (chunk) => { text += chunk; });
process.stdin.on("end", async () => {
  const validator = new StaticAplTemplateValidator();
  const found = {};
  for (const [name, document] of Object.entries(JSON.parse(text))) {
    found[name] = (await validator.validate(document)).map((one) => `${one.path}: ${one.errorMessage}`);
  }
  process.stdout.write(JSON.stringify(found));
});
