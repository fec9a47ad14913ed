// A passkey is made by the browser alone; nothing of the program can.
export async function addPasskey(name) {
  try {
    const options = await ask('api/me/account/passkeys/options', {});
    const credential = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
    await ask('api/me/account/passkeys', { name, credential: credential.toJSON() });
    return true;
  } catch {
    return false;
  }
}

async function ask(address, body) {
  const answer = await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(answer.status);
  return answer.status === 204 ? null : answer.json();
}
