import { get, post } from './api.js';
import { arrange, count, h, icon, keepingFocus, Pool, setText, time } from './dom.js';
import { announce, attempt } from './notices.js';
import { changed, loadMore, newestFirst, state } from './state.js';

const STATES = [['', 'All'], ['waiting', 'Waiting'], ['delivered', 'Delivered'], ['failed', 'Failed']];
const KINDS = { waiting: 'wait', delivered: 'good', failed: 'bad', cancelled: '' };

/** What was sent, the newest first, each with its attempts. */
export function deliveries() {
  let filter = '';
  const rows = new Pool(row);
  const list = h('ul', { class: 'rows' });
  const nothing = h('div', { class: 'empty' }, h('p', {}));
  const tabs = h('div', { class: 'segments', role: 'group', 'aria-label': 'State' }, STATES.map(([value, text]) =>
    h('button', { type: 'button', value, 'aria-pressed': String(value === filter), onclick: () => choose(value) }, text)));
  const older = h('button', { type: 'button', class: 'older', onclick: () => attempt(() => loadMore(filter)) }, 'Show older deliveries');
  const element = h('section', { 'aria-label': 'Deliveries' },
    h('div', { class: 'toolbar' }, h('h1', {}, 'Deliveries'), h('span', { class: 'grow' }), tabs), list, nothing, older);

  function choose(value) {
    filter = value;
    changed();
    if (!(value in state.older)) attempt(() => loadMore(value));
  }
  return Object.assign(element, {
    update() {
      [...tabs.children].forEach((tab) => tab.setAttribute('aria-pressed', String(tab.value === filter)));
      const shown = newestFirst(state.deliveries).filter((delivery) => filter === '' || delivery.state === filter);
      keepingFocus(() => arrange(list, rows.of(shown, (delivery) => delivery.id)));
      nothing.hidden = shown.length > 0 || state.loading;
      setText(nothing.firstChild, filter ? `No deliveries that are ${filter}.` : state.webhooks.size === 0 ? 'Nothing was sent: this app has no webhook.' : 'Nothing was sent yet.');
      older.hidden = state.older[filter] === undefined;
    },
  });
}

function row() {
  const label = h('span', {});
  const toggle = h('button', { class: 'name disclosure', type: 'button', 'aria-expanded': 'false', onclick: open }, icon('chevron'), label);
  const about = h('span', { class: 'quiet' });
  const cause = h('span', { class: 'cause' });
  const badge = h('span', { class: 'badge' });
  const again = h('button', { class: 'quiet-action', type: 'button', onclick: redeliver }, icon('again'), 'Redeliver');
  const details = h('div', { class: 'details', hidden: true });
  const element = h('li', { class: 'row delivery' }, h('div', { class: 'row-main' }, toggle, about, cause), badge, again, details);
  return Object.assign(element, { update });

  function update(delivery) {
    if (element.delivery === delivery) return;
    element.delivery = delivery;
    setText(label, delivery.label);
    about.replaceChildren(time(delivery.createdAt), ` · ${delivery.webhookName}`, delivery.attempts > 0 ? ` · ${count(delivery.attempts, 'attempt')}` : '');
    setText(cause, causeOf(delivery));
    setText(badge, stateOf(delivery));
    badge.className = 'badge ' + KINDS[delivery.state];
    again.setAttribute('aria-label', `Redeliver ${delivery.label} to ${delivery.webhookName}`);
    if (!details.hidden) showDetails();
  }

  function open() {
    details.hidden = !details.hidden;
    toggle.setAttribute('aria-expanded', String(!details.hidden));
    if (!details.hidden) showDetails();
  }

  async function showDetails() {
    const delivery = element.delivery;
    const whole = await attempt(() => get(`/deliveries/${encodeURIComponent(delivery.id)}`));
    if (whole && element.delivery === delivery) details.replaceChildren(...detailsOf(whole));
  }

  async function redeliver() {
    const { id, label: name } = element.delivery;
    if (await attempt(() => post(`/deliveries/${encodeURIComponent(id)}/redeliver`))) announce(`${name} is sent again.`);
  }
}

function stateOf(delivery) {
  const text = { waiting: delivery.attempts === 0 ? 'Waiting' : 'Retrying', delivered: 'Delivered', failed: 'Failed', cancelled: 'Cancelled' }[delivery.state] ?? delivery.state;
  return delivery.status ? `${text} · ${delivery.status}` : text;
}

function causeOf(delivery) {
  if (delivery.state === 'delivered') return '';
  const cause = delivery.error ?? (delivery.status ? `The receiver answered ${delivery.status}.` : '');
  const next = delivery.nextAttemptAt ? `Next attempt at ${time(delivery.nextAttemptAt).textContent}.` : '';
  return [cause.replace(/([^.])$/, '$1.'), next].filter(Boolean).join(' ');
}

function detailsOf({ delivery, url, body, headers, log }) {
  return [
    h('h2', {}, 'Attempts'),
    log.length === 0 ? h('p', { class: 'quiet' }, 'None yet.') : h('ol', { class: 'attempts' }, log.map(attemptOf)),
    h('h2', {}, 'Request'),
    h('dl', { class: 'headers' }, pair('POST', url), pair('Delivery', delivery.id), headers.map(({ key, value }) => pair(key, value))),
    h('pre', { tabindex: '0', 'aria-label': 'Body as sent' }, body),
  ];
}

function pair(term, value) {
  return [h('dt', {}, term), h('dd', {}, value)];
}

function attemptOf({ number, startedAt, durationMs, status, error, response }) {
  return h('li', {}, h('span', { class: 'attempt-number' }, `#${number}`), time(startedAt),
    h('span', {}, `${durationMs} ms`), h('span', { class: status >= 200 && status < 300 ? 'good' : 'bad' }, status ? String(status) : 'No answer'),
    error && h('span', { class: 'cause' }, error), response && h('code', {}, response));
}

/** The last deliveries beside the board. */
export function deliveryFeed() {
  const entries = new Pool(entry);
  const list = h('ol', { class: 'feed' });
  const nothing = h('p', { class: 'nothing' });
  const element = h('aside', { class: 'feed-panel', 'aria-labelledby': 'feed-title' },
    h('h2', { id: 'feed-title' }, 'Deliveries'), list, nothing, h('a', { href: '#deliveries' }, 'All deliveries'));
  return Object.assign(element, {
    update() {
      const shown = newestFirst(state.deliveries).slice(0, 12);
      arrange(list, entries.of(shown, (delivery) => delivery.id));
      nothing.hidden = shown.length > 0;
      nothing.replaceChildren(...emptyFeed());
    },
  });
}

function emptyFeed() {
  if (state.loading) return ['Loading…'];
  if (state.webhooks.size > 0) return ['Nothing was sent yet. Change a story.'];
  return ['This app has no webhook: nothing is sent. ', h('a', { href: '#webhooks' }, 'Add a webhook')];
}

function entry() {
  const label = h('span', { class: 'feed-label' });
  const about = h('span', { class: 'quiet' });
  const dot = h('span', { class: 'dot' });
  const head = h('div', { class: 'feed-head' }, label);
  const element = h('li', {}, dot, h('div', {}, head, about));
  return Object.assign(element, {
    update(delivery) {
      if (element.delivery === delivery) return;
      element.delivery = delivery;
      dot.className = 'dot ' + KINDS[delivery.state];
      setText(label, delivery.label);
      head.replaceChildren(label, time(delivery.createdAt));
      setText(about, `${stateOf(delivery)} · ${delivery.webhookName}`);
    },
  });
}
