import { post } from './api.js';
import { board } from './board.js';
import { deliveries } from './deliveries.js';
import { h, icon, setText } from './dom.js';
import { field, input, openForm, select } from './forms.js';
import { announce } from './notices.js';
import { sprints } from './sprints.js';
import { adopt, choose, follow, listen, state } from './state.js';
import { team } from './team.js';
import { webhooks } from './webhooks.js';

const VIEWS = { board: ['Board', board], sprints: ['Sprints', sprints], webhooks: ['Webhooks', webhooks], deliveries: ['Deliveries', deliveries], team: ['Team', team] };
const CONNECTIONS = { connecting: 'Connecting', live: 'Live', gone: 'Offline' };

const content = document.getElementById('content');
const tabs = new Map(Object.entries(VIEWS).map(([view, [text]]) => [view, h('a', { href: '#' + view }, text)]));
const app = h('select', { 'aria-label': 'App', onchange: () => choose(app.value) });
const newApp = h('button', { type: 'button', class: 'plain', 'aria-label': 'New app', onclick: createApp }, icon('plus'), h('span', { class: 'wide' }, 'New app'));
const connection = document.getElementById('connection');
const connectionText = h('span', {});
const banner = document.getElementById('banner');
let shown;

function start() {
  state.app = new URLSearchParams(location.search).get('app') ?? undefined;
  document.getElementById('apps').append(app, newApp);
  document.getElementById('views').append(...tabs.values());
  connection.append(h('span', { class: 'dot' }), connectionText);
  document.querySelector('.skip').addEventListener('click', (event) => {
    event.preventDefault();
    content.focus();
  });
  addEventListener('hashchange', () => render(true));
  listen(() => render(false));
  render(false);
  follow();
}

function render(entered) {
  showConnection();
  showApps();
  showView(entered);
}

function showConnection() {
  connection.dataset.state = state.connection;
  setText(connectionText, CONNECTIONS[state.connection]);
  const text = state.connection === 'gone' ? 'The portal does not answer. The page connects again as soon as it does.' : (state.error ?? '');
  if (banner.textContent === text) return;
  banner.replaceChildren(...(text ? [h('p', {}, text)] : []));
}

function showApps() {
  const options = [...state.apps.values()].map(({ id, name }) => [id, name]);
  const texts = JSON.stringify(options);
  if (app.texts !== texts) {
    app.texts = texts;
    app.replaceChildren(...select('', options).children);
  }
  document.body.classList.toggle('without-app', state.apps.size === 0);
  if (state.app === undefined) return;
  app.value = state.app;
  const address = '?' + new URLSearchParams({ app: state.app });
  if (location.search !== address && state.apps.has(state.app)) history.replaceState(null, '', address + location.hash);
}

function showView(entered) {
  const view = viewNow();
  if (shown?.view !== view) {
    shown = { view, element: view === 'welcome' ? welcome() : view === 'loading' ? loading() : VIEWS[view][1]() };
    content.replaceChildren(shown.element);
    for (const [name, tab] of tabs) name === view ? tab.setAttribute('aria-current', 'page') : tab.removeAttribute('aria-current');
    if (entered) content.focus({ preventScroll: true });
    if (entered) scrollTo(0, 0);
  }
  shown.element.update?.();
  document.title = [VIEWS[view]?.[0], state.apps.get(state.app)?.name, 'Portal'].filter(Boolean).join(' · ');
}

function viewNow() {
  if (state.apps.size === 0) return state.loading || state.error ? 'loading' : 'welcome';
  const view = location.hash.slice(1);
  return view in VIEWS ? view : 'board';
}

function loading() {
  const text = h('p', { class: 'quiet' });
  return Object.assign(h('div', { class: 'empty' }, text), { update: () => setText(text, state.connection === 'gone' ? 'Nothing to show.' : 'Loading…') });
}

function welcome() {
  const name = input('name', '', { required: true, maxlength: '100', placeholder: 'Order Desk' });
  const labelled = field('Name of the app', name);
  const form = h('form', { class: 'welcome', novalidate: true }, h('h1', {}, 'Create an app'),
    h('p', { class: 'quiet' }, 'An app has a board of stories, sprints, and webhooks that receive what changes.'),
    labelled, h('button', { class: 'primary', type: 'submit' }, 'Create app'));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    labelled.showError(name.value.trim() ? undefined : 'This is required.');
    if (name.value.trim()) await addApp(name.value.trim()).catch((refusal) => labelled.showError(refusal.message));
    else name.focus();
  });
  return form;
}

function createApp() {
  const name = input('name', '', { required: true, maxlength: '100' });
  openForm({ title: 'New app', fields: { name: field('Name', name) }, action: 'Create app', save: () => addApp(name.value.trim()) });
}

async function addApp(name) {
  const value = await post('/apps', { name });
  adopt('app', value.id, value);
  choose(value.id);
  announce(`App ${value.name} created.`);
}

start();
