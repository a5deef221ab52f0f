// Talks to the two sides of the simulator: what plays Amazon (/api) and the skill's real endpoint (/alexa).

const LONGEST_WAIT_MS = 15000; // The guide answers within milliseconds: after that it is lost.

// The server did not answer, or not as a server of this page does. Nothing was taken: the same can be done again.
export class Lost extends Error {}

export async function post(address, body) {
  const begun = performance.now();
  let response, answer;
  try {
    response = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json; charset=utf-8" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(LONGEST_WAIT_MS),
    });
    answer = await response.json();
  } catch (error) {
    throw new Lost(`${address} did not answer (${error.message}).`);
  }
  if (response.status >= 500) throw new Lost(answer.error || `${address} answered ${response.status}.`);
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
  return sent(heard.answer.envelope, heard.answer);
}

// Sends a request to the skill as it is, and has the response made into what is played.
export async function sent(request, heard = {}) {
  const alexa = await post("/alexa", request);
  const played = await post("/api/heard", { request, response: alexa.answer });
  return {
    ...heard,
    understood: JSON.parse(alexa.headers.get("X-Understood")),
    screen: JSON.parse(alexa.headers.get("X-Screen")),
    logged: JSON.parse(alexa.headers.get("X-Log")) || [],
    request,
    response: alexa.answer,
    played: played.answer,
    milliseconds: alexa.milliseconds,
  };
}
