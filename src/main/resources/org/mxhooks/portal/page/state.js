import { get, query } from './api.js';

const SHOWN_DELIVERIES = 200;
const COLLECTIONS = { app: 'apps', sprint: 'sprints', story: 'stories', webhook: 'webhooks', delivery: 'deliveries', play: 'plays' };

/** What the portal has, as far as this page shows it; `listen` reports each change of it. */
export const state = {
  connection: 'connecting',
  loading: true,
  error: undefined,
  apps: new Map(),
  app: undefined,
  sprints: new Map(),
  stories: new Map(),
  webhooks: new Map(),
  deliveries: new Map(),
  plays: new Map(),
  older: {},
};

const listeners = new Set();
let scheduled = false;
let generation = 0;
/** Changes that arrive while everything is read: they may be later than what is read. */
let arrived = [];

export function listen(listener) {
  listeners.add(listener);
}

/** Reports a change: at most once for each frame, and also while the page is hidden. */
export function changed() {
  if (scheduled) return;
  scheduled = true;
  const later = document.hidden ? setTimeout : requestAnimationFrame;
  later(() => {
    scheduled = false;
    listeners.forEach((listener) => listener());
  });
}

/** Shows another app, or none. */
export function choose(app) {
  if (state.app === app) return;
  state.app = app;
  load();
}

/** Reads everything that is shown; what a later call reads wins. */
export async function load() {
  const current = ++generation;
  state.loading = true;
  arrived = [];
  changed();
  try {
    const { apps } = await get('/apps');
    if (current !== generation) return;
    state.apps = byId(apps);
    if (!state.apps.has(state.app)) state.app = apps[0]?.id;
    const read = state.app === undefined ? nothing() : await readApp(state.app);
    if (current !== generation) return;
    Object.assign(state, read, { loading: false, error: undefined });
    arrived.forEach(apply);
  } catch (refusal) {
    if (current !== generation) return;
    Object.assign(state, { loading: false, error: refusal.message });
  }
  changed();
}

function nothing() {
  return { sprints: new Map(), stories: new Map(), webhooks: new Map(), deliveries: new Map(), plays: new Map(), older: {} };
}

async function readApp(app) {
  const [sprints, stories, webhooks, deliveries, plays] = await Promise.all([
    get(`/apps/${app}/sprints`),
    get(`/apps/${app}/stories`),
    get(`/apps/${app}/webhooks`),
    get('/deliveries' + query({ app, limit: 50 })),
    get('/plays'),
  ]);
  return {
    sprints: byId(sprints.sprints),
    stories: byId(stories.stories),
    webhooks: byId(webhooks.webhooks),
    deliveries: byId(deliveries.deliveries),
    older: { '': deliveries.next },
    plays: byId(plays.plays),
  };
}

/** Reads more deliveries of one state, or of any (''): the newest at first, then those before them. */
export async function loadMore(delivered) {
  const app = state.app;
  const page = await get('/deliveries' + query({ app, state: delivered, limit: 50, before: state.older[delivered] }));
  if (state.app !== app) return;
  page.deliveries.forEach((delivery) => state.deliveries.set(delivery.id, delivery));
  state.older[delivered] = page.next;
  changed();
}

/** Follows the changes while the page is seen: a browser has few connections to one server, and each stream holds one. */
export function follow() {
  let source = document.hidden ? undefined : connect();
  document.addEventListener('visibilitychange', () => {
    source?.close();
    source = document.hidden ? undefined : connect();
  });
}

function connect() {
  const source = new EventSource('/api/changes');
  source.addEventListener('hello', () => {
    state.connection = 'live';
    load();
  });
  source.addEventListener('reset', load);
  source.addEventListener('change', (event) => receive(JSON.parse(event.data)));
  source.addEventListener('error', () => {
    state.connection = 'gone';
    changed();
  });
  return source;
}

function receive(change) {
  if (state.loading) arrived.push(change);
  apply(change);
}

/** Takes over the answer to a request, unless the stream may have brought a later state. */
export function adopt(type, app, value) {
  const known = state[COLLECTIONS[type]].get(value.id);
  if (known === undefined || known.version !== undefined) apply({ type, app, value });
}

/** Takes over one change. */
export function apply({ type, app, value, deleted }) {
  const collection = state[COLLECTIONS[type]];
  if (!collection || (type !== 'app' && type !== 'play' && app !== state.app)) return;
  if (deleted !== undefined) collection.delete(deleted);
  else if (!isOlder(value, collection.get(value.id))) collection.set(value.id, value);
  if (type === 'app' && state.app === undefined) choose(app);
  if (type === 'delivery') dropOldest(collection);
  changed();
}

function isOlder(value, known) {
  return known?.version > value.version && known.version !== undefined;
}

function dropOldest(deliveries) {
  if (deliveries.size <= 2 * SHOWN_DELIVERIES) return;
  const kept = newestFirst(deliveries).slice(0, SHOWN_DELIVERIES);
  state.deliveries = byId(kept);
}

export function newestFirst(deliveries) {
  return [...deliveries.values()].sort((a, b) => descending(a.createdAt, b.createdAt));
}

/** Compares instants as they are written, which is their order. */
export function descending(a, b) {
  return a < b ? 1 : a > b ? -1 : 0;
}

function byId(values) {
  return new Map(values.map((value) => [value.id, value]));
}
