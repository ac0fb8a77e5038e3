// An OpenID provider with three users: olivia is an operator, victor a viewer, norman neither. It asks for no password.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const [issuer, redirectUri, secret] = process.argv.slice(2);
const groups = { olivia: ['staff', 'mxhooks-operators'], victor: ['mxhooks-viewers'], norman: ['staff'] };

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'mxhooks',
      client_secret: secret,
      redirect_uris: [redirectUri],
      post_logout_redirect_uris: [redirectUri.replace('oidc/callback', 'sign-in')],
    },
  ],
  cookies: { keys: ['of the tests'] },
  claims: { openid: ['sub'], profile: ['preferred_username', 'groups'], email: ['email'] },
  pkce: { required: () => true },
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: {
      logoutSource: (context, form) => {
        context.body = page('Sign out?', `${form}<button form="op.logoutForm" name="logout" value="yes">Sign out</button>`);
      },
    },
  },
  findAccount: (context, id) => ({
    accountId: id,
    claims: () => ({ sub: id, preferred_username: id, email: `${id}@example.com`, groups: groups[id] }),
  }),
  interactions: { url: (context, interaction) => `/interaction/${interaction.uid}` },
  loadExistingGrant: async ({ oidc }) => {
    const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
    grant.addOIDCScope('openid profile email');
    await grant.save();
    return grant;
  },
});
provider.on('server_error', (context, error) => console.error(error));

const page = (title, content) => `<!doctype html><html lang="en"><title>${title}</title><link rel="icon" href="data:,"><h1>${title}</h1>${content}</html>`;

const form = page('Provider', '<form method="post"><button name="user" value="">Cancel</button>'
  + Object.keys(groups).map((user) => `<button name="user" value="${user}">${user}</button>`).join('') + '</form>');

const interact = async (request, response) => {
  if (request.method === 'GET') {
    response.setHeader('Content-Type', 'text/html').end(form);
    return;
  }
  const chunks = await request.toArray();
  const user = new URLSearchParams(Buffer.concat(chunks).toString()).get('user');
  await provider.interactionFinished(request, response, user
    ? { login: { accountId: user } }
    : { error: 'access_denied', error_description: 'Cancelled by <b>the user</b>' });
};

const answer = provider.callback();
createServer((request, response) => (request.url.startsWith('/interaction/') ? interact : answer)(request, response))
  .listen(new URL(issuer).port, '127.0.0.1', () => console.log('listening'));
