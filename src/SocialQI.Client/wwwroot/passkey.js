// A passkey at the door: the only script there. Without it, or without a passkey, the form beside it serves.
const button = document.getElementById('passkey');
const isAddress = /^[\d.]+$|:/.test(location.hostname);
if (button && window.PublicKeyCredential?.parseRequestOptionsFromJSON && !isAddress) {
  button.hidden = false;
  button.addEventListener('click', signIn);
}

async function signIn() {
  const failed = document.getElementById('passkey-failed');
  failed.hidden = true;
  button.disabled = true;
  try {
    const options = await ask('/api/sign-in/passkey/options', {});
    const credential = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
    await ask('/api/sign-in/passkey', { credential: credential.toJSON() });
    location.assign(button.dataset.return);
  } catch {
    failed.hidden = false;
    button.disabled = false;
  }
}

async function ask(address, body) {
  const answer = await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(answer.status);
  return answer.status === 204 ? null : answer.json();
}
