// Sentences whose numbers can be dialled. Which numbers those are comes from the server.

import { make } from "../shared/dom.js";

// Returns the nodes of a sentence, with a link for each number in it.
export function linked(sentence, numbers) {
  const labels = numbers.map((number) => number.label);
  if (!labels.length) return [sentence];
  const pattern = new RegExp(`(${labels.map((label) => label.replace(/[^\w ]/g, "\\$&")).join("|")})`);
  return sentence.split(pattern).map((text) => {
    const number = numbers.find((known) => known.label === text);
    return number ? make("a", { href: `tel:${number.dial}`, textContent: text }) : text;
  });
}

export function numbersIn(text, numbers) { return numbers.filter((number) => text.includes(number.label)); }
