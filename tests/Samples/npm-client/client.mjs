// A whole client: signs in, lists the cases that are open to this person, follows one, prints its envelopes, and posts each line that is typed.
// It shares no code with the service; all it knows is in src/ARCHITECTURE.md, "Writing a client".
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { HttpTransportType, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';

const [address, user, password, chosen] = process.argv.slice(2);
if (!password) {
  console.error('node client.mjs ADDRESS USER PASSWORD [TOPIC]');
  process.exit(2);
}
const signedIn = await fetch(new URL('api/sign-in', address), {
  method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ user, password }),
});
if (!signedIn.ok) throw new Error(`Not signed in: ${signedIn.status}`);
const headers = { Cookie: signedIn.headers.getSetCookie().map(cookie => cookie.split(';')[0]).join('; ') };

const { lines: cases } = await (await fetch(new URL('api/cases', address), { headers })).json();
for (const { topic, title } of cases) console.log(`case ${topic} ${title}`);
const topic = chosen ?? cases[0].topic;

const hub = new HubConnectionBuilder()
  .withUrl(new URL('hub/rounds', address).href, { headers, skipNegotiation: true, transport: HttpTransportType.WebSockets })
  // Never gives up; not all at once after an outage.
  .withAutomaticReconnect({ nextRetryDelayInMilliseconds: ({ previousRetryCount }) => 200 + Math.random() * Math.min(5000, 200 * 2 ** previousRetryCount) })
  .configureLogging(LogLevel.None)
  .build();

let epoch, last = 0, resuming = Promise.resolve();

// Null: there was no answer.
const ask = (...call) => hub.invoke(...call).catch(() => null);
const refusal = answer => answer.refusal?.code;

// After every connection, and whenever something is missing.
const resume = () => resuming = resuming.then(async () => {
  while (hub.state === 'Connected' && !await isFollowing()) await pause(500);
});

async function isFollowing() {
  const opened = await ask('Open', topic);
  if (!opened || refusal(opened)) return false;
  if (opened.epoch !== epoch) {
    // The first time; or the history was restored from a backup, and nothing that was known counts.
    ({ epoch, number: last } = opened);
    console.log(`open ${topic} at ${last}`);
  }
  const followed = await ask('Follow', topic, last);
  if (!followed) return false;
  if (['too-far-behind', 'ahead'].includes(refusal(followed))) epoch = undefined;
  return !refusal(followed);
}

// Posts a comment, with the same id until there is an answer: it is done once.
async function post(text) {
  const id = randomUUID();
  for (;;) {
    const answer = await ask('Send', topic, id, { k: 'post-contribution', contribution: 'comment', text });
    if (answer && !['outcome-unknown', 'busy', 'not-now', 'slow-down'].includes(refusal(answer))) {
      return console.log(refusal(answer) ? `refused ${refusal(answer)}` : `sent ${id} as ${answer.last}`);
    }
    await pause(500);
  }
}

hub.on('Events', (_, envelopes) => {
  for (const envelope of envelopes.filter(e => e.n > last)) {
    // Following from the last one brings those between, and this one again.
    if (envelope.n > last + 1) return resume();
    last = envelope.n;
    console.log(JSON.stringify(envelope));
  }
});
hub.on('CatchUp', resume);
hub.on('Closed', () => console.log('closed'));
hub.onreconnected(resume);

await hub.start();
await resume();
for await (const line of createInterface({ input: process.stdin })) await post(line);
await hub.stop();
