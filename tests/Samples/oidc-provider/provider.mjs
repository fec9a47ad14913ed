// node provider.mjs PORT REDIRECT_URI SECRET: signs in whoever is named, by the pages that oidc-provider has for development.
import Provider from 'oidc-provider';

const [port, redirectUri, secret] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const provider = new Provider(issuer, {
  clients: [{ client_id: 'socialqi', client_secret: secret, redirect_uris: [redirectUri], token_endpoint_auth_method: 'client_secret_post' }],
  pkce: { required: () => true },
  claims: { openid: ['sub'], profile: ['name', 'department'] },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, name: `Doctor ${id}`, department: ['CARD'] }) }),
});
provider.listen(Number(port), '127.0.0.1', () => console.log(`issuer ${issuer}`));
