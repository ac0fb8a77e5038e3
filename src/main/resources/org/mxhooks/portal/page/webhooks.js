import { get, patch, post, remove } from './api.js';
import { arrange, h, icon, keepingFocus, Pool, setText } from './dom.js';
import { choices, confirm, field, heading, input, openDialog, openForm, select } from './forms.js';
import { announce, attempt } from './notices.js';
import { adopt, apply, newestFirst, state } from './state.js';

const EVENTS = {
  projects: [['stories', 'Stories'], ['sprints', 'Sprints']],
  deployment: [['teamserver.push', 'Team Server pushes'], ['package.uploaded', 'Package uploads'], ['alert', 'Alerts']],
};
const FAMILIES = [['projects', 'Projects: stories and sprints'], ['deployment', 'Deployment: pushes, packages, alerts']];
const EXAMPLE = 'http://127.0.0.1:8080/mxhooks/hooks/default';

/** The webhooks of an app. */
export function webhooks() {
  const rows = new Pool(row);
  const list = h('ul', { class: 'rows' });
  const nothing = h('div', { class: 'empty' }, h('p', {}, 'No webhooks yet.'),
    h('p', { class: 'quiet' }, 'A webhook is a URL that receives a signed request for each change of this app.'));
  const element = h('section', { 'aria-label': 'Webhooks' },
    h('div', { class: 'toolbar' }, h('h1', {}, 'Webhooks'), h('span', { class: 'grow' }),
      h('button', { class: 'primary', type: 'button', onclick: () => createWebhook() }, icon('plus'), 'New webhook')),
    list, nothing);
  return Object.assign(element, {
    update() {
      keepingFocus(() => arrange(list, rows.of([...state.webhooks.values()], (webhook) => webhook.id)));
      nothing.hidden = state.webhooks.size > 0 || state.loading;
    },
  });
}

function row() {
  const name = h('button', { class: 'name', type: 'button', onclick: () => editWebhook(element.webhook) });
  const url = h('span', { class: 'quiet url' });
  const events = h('span', { class: 'quiet' });
  const status = h('span', { class: 'badge' });
  const deletion = h('button', { class: 'quiet-action', type: 'button', onclick: () => deleteWebhook(element.webhook) }, 'Delete');
  const element = h('li', { class: 'row' }, h('div', { class: 'row-main' }, name, url, events), status, deletion);
  return Object.assign(element, {
    update(webhook) {
      element.webhook = webhook;
      setText(name, webhook.name);
      setText(url, webhook.url);
      setText(events, eventNames(webhook));
      const [text, kind] = health(webhook);
      setText(status, text);
      status.className = 'badge ' + kind;
      deletion.setAttribute('aria-label', `Delete webhook ${webhook.name}`);
    },
  });
}

function eventNames(webhook) {
  const names = new Map(EVENTS[webhook.family]);
  return webhook.events.map((event) => names.get(event) ?? event).join(', ');
}

/** What the last call brought: the stream reports deliveries, and a webhook only where it was edited. */
function health(webhook) {
  if (!webhook.active) return ['Off', ''];
  const last = newestFirst(state.deliveries).find((delivery) => delivery.webhook === webhook.id && delivery.attempts > 0);
  const { status, error } = last ?? { status: webhook.lastStatus, error: webhook.lastError };
  if (status >= 200 && status < 300) return [`Answers ${status}`, 'good'];
  if (status !== undefined) return [`Failing · ${status}`, 'bad'];
  return error === undefined ? ['Not used yet', ''] : ['Failing', 'bad'];
}

function createWebhook() {
  const family = select('family', FAMILIES, 'projects');
  const name = input('name', '', { required: true, maxlength: '100' });
  const url = input('url', '', { type: 'url', required: true, placeholder: EXAMPLE });
  const secret = input('secret', '', { type: 'password', autocomplete: 'new-password', spellcheck: 'false' });
  const events = Object.fromEntries(Object.entries(EVENTS).map(([key, options]) => [key, choices('Events', options, options.map(([event]) => event))]));
  const fields = {
    family: field('Kind', family),
    name: field('Name', name),
    url: field('URL', url),
    get events() { return events[family.value]; },
    secret: field('Secret', secret, 'Leave it empty to generate one. The receiver needs the same secret.'),
  };
  const dialog = openForm({
    title: 'New webhook',
    fields,
    action: 'Add webhook',
    async save() {
      const values = { family: family.value, name: name.value.trim(), url: url.value.trim(), events: fields.events.values(), secret: secret.value || undefined };
      const { secret: made, ...webhook } = await post(`/apps/${state.app}/webhooks`, values);
      adopt('webhook', state.app, webhook);
      announce(`Webhook ${webhook.name} added.`);
      if (!secret.value) queueMicrotask(() => showSecret(webhook, made));
    },
  });
  family.addEventListener('change', () => dialog.querySelector('fieldset').replaceWith(fields.events));
}

async function editWebhook(webhook) {
  const whole = await attempt(() => get(`/apps/${state.app}/webhooks/${webhook.id}`));
  if (!whole) return;
  const name = input('name', whole.name, { required: true, maxlength: '100' });
  const url = input('url', whole.url, { type: 'url', required: true });
  const active = select('active', [['true', 'On'], ['false', 'Off']], String(whole.active));
  const secret = input('secret', '', { type: 'password', autocomplete: 'new-password', spellcheck: 'false' });
  const fields = {
    name: field('Name', name),
    url: field('URL', url),
    events: choices('Events', EVENTS[whole.family], whole.events),
    active: field('Deliveries', active),
    secret: field('New secret', secret, 'Leave it empty to keep the secret.'),
  };
  openForm({
    title: `Webhook ${whole.name}`,
    fields,
    action: 'Save',
    async save() {
      const values = { name: name.value.trim(), url: url.value.trim(), events: fields.events.values(), active: active.value === 'true', secret: secret.value || undefined };
      const { secret: unused, ...value } = await patch(`/apps/${state.app}/webhooks/${whole.id}`, values);
      adopt('webhook', state.app, value);
      announce(`Webhook ${value.name} saved.`);
    },
  });
}

function deleteWebhook(webhook) {
  confirm({
    title: `Delete ${webhook.name}?`,
    text: 'What is still waiting for it will not be delivered.',
    action: 'Delete webhook',
    async run() {
      await remove(`/apps/${state.app}/webhooks/${webhook.id}`);
      apply({ type: 'webhook', app: state.app, deleted: webhook.id });
      announce(`Webhook ${webhook.name} deleted.`);
    },
  });
}

/** Shows a generated secret, once. */
function showSecret(webhook, secret) {
  const text = input('secret', secret, { readonly: true, class: 'code', 'aria-label': 'Secret', spellcheck: 'false' });
  const copy = h('button', { type: 'button', onclick: async () => { await navigator.clipboard.writeText(secret); announce('Secret copied.'); copy.lastChild.data = 'Copied'; } }, icon('copy'), 'Copy');
  const dialog = openDialog('Secret', h('div', {}, heading(`Secret of ${webhook.name}`, () => dialog.close()),
    h('p', {}, 'Give it to the receiver now; this page does not show it again.'),
    h('div', { class: 'copy' }, text, copy),
    h('div', { class: 'actions' }, h('span', { class: 'grow' }), h('button', { class: 'primary', type: 'button', onclick: () => dialog.close() }, 'Done'))));
  text.select();
}
