// Talks to the two sides of the simulator: what plays Amazon (/api) and the skill's real endpoint (/alexa).

async function post(address, body) {
  const begun = performance.now();
  const response = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json; charset=utf-8" },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error || `${address} answered ${response.status}.`);
  return { answer, headers: response.headers, milliseconds: performance.now() - begun };
}

export async function setup(locale) {
  const response = await fetch(locale ? `/api/setup?locale=${encodeURIComponent(locale)}` : "/api/setup");
  return response.json();
}

// What the person did becomes a request; the request goes to the skill; the response becomes what is played.
// An error that is marked as unsaid came before the skill heard anything: its session goes on.
export async function turn(done) {
  const heard = await post("/api/hear", done).catch((error) => { throw Object.assign(error, { unsaid: true }); });
  if (heard.answer.reprompt) return { reprompt: true };
  const request = heard.answer.envelope;
  const alexa = await post("/alexa", request);
  const played = await post("/api/heard", { request, response: alexa.answer });
  return {
    words: heard.answer.words,
    understood: JSON.parse(alexa.headers.get("X-Understood")),
    screen: JSON.parse(alexa.headers.get("X-Screen")),
    request,
    response: alexa.answer,
    played: played.answer,
    milliseconds: alexa.milliseconds,
  };
}

export async function asTest(turns) {
  return (await post("/api/test", { turns })).answer.toml;
}
