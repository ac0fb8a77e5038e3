import { post, remove } from './api.js';
import { arrange, count, h, keepingFocus, Pool, setText } from './dom.js';
import { field, input, openForm, select } from './forms.js';
import { announce, attempt } from './notices.js';
import { adopt, state } from './state.js';

/** What a team does beside stories: pushes, packages, alerts; and a team that plays by itself. */
export function team() {
  const rows = new Pool(play);
  const list = h('ul', { class: 'rows' });
  const nothing = h('div', { class: 'empty' }, h('p', {}, 'No play is running.'),
    h('p', { class: 'quiet' }, 'A play is a lively team: it plans sprints, moves stories, files bugs, pushes and deploys. The same seed does the same things.'));
  const element = h('section', { 'aria-label': 'Team' },
    h('div', { class: 'toolbar' }, h('h1', {}, 'Team')),
    h('div', { class: 'panel' }, h('h2', {}, 'Send one event'), h('div', { class: 'buttons' },
      h('button', { type: 'button', onclick: push }, 'Team Server push'),
      h('button', { type: 'button', onclick: () => attempt(() => send('packages', {})) }, 'Package upload'),
      h('button', { type: 'button', onclick: alert }, 'Alert'))),
    h('div', { class: 'toolbar' }, h('h2', {}, 'Plays'), h('span', { class: 'grow' }),
      h('button', { type: 'button', onclick: startPlay }, 'Start a play')),
    list, nothing);
  return Object.assign(element, {
    update() {
      const plays = [...state.plays.values()].sort((a, b) => b.id - a.id);
      keepingFocus(() => arrange(list, rows.of(plays, (one) => one.id)));
      nothing.hidden = plays.length > 0 || state.loading;
    },
  });
}

async function send(events, values) {
  const { label, deliveries } = await post(`/apps/${state.app}/${events}`, values);
  announce(`${label}: ${count(deliveries, 'delivery', 'deliveries')}.`);
  location.hash = 'deliveries';
}

function push() {
  const message = input('message', '', { required: true, maxlength: '255' });
  const branch = input('branch', 'main', { required: true, maxlength: '100' });
  openForm({
    title: 'Team Server push',
    fields: { message: field('Commit message', message), branch: field('Branch', branch) },
    action: 'Push',
    save: () => send('pushes', { message: message.value.trim(), branch: branch.value.trim() }),
  });
}

function alert() {
  const severity = select('severity', ['Critical', 'Warning', 'Recovery', 'Ok'].map((text) => [text, text]), 'Critical');
  openForm({
    title: 'Alert',
    fields: { severity: field('Severity', severity) },
    action: 'Send alert',
    save: () => send('alerts', { severity: severity.value }),
  });
}

function startPlay() {
  const seed = input('seed', '42', { required: true, inputmode: 'numeric', pattern: '-?[0-9]{1,18}', title: 'A whole number' });
  const rate = input('rate', '2/s', { required: true, maxlength: '20' });
  const number = input('count', '', { inputmode: 'numeric', pattern: '[0-9]{1,9}' });
  openForm({
    title: 'Start a play',
    fields: {
      seed: field('Seed', seed, 'A whole number: the same seed does the same things.'),
      rate: field('Rate', rate, 'For example 5/s or 30/min.'),
      count: field('Number of events', number, 'Leave it empty to play until it is stopped.'),
    },
    action: 'Start',
    async save() {
      const value = await post('/plays', { seed: Number(seed.value), rate: rate.value.trim(), count: number.value ? Number(number.value) : undefined });
      adopt('play', value.app, value);
      announce(`Play ${value.seed} started.`);
    },
  });
}

function play() {
  const name = h('span', { class: 'name' });
  const about = h('span', { class: 'quiet' });
  const badge = h('span', { class: 'badge' });
  const stop = h('button', { type: 'button', class: 'quiet-action', onclick: () => attempt(() => remove(`/plays/${element.play.id}`)) }, 'Stop');
  const element = h('li', { class: 'row' }, h('div', { class: 'row-main' }, name, about), badge, stop);
  return Object.assign(element, {
    update(one) {
      element.play = one;
      setText(name, `Seed ${one.seed}`);
      setText(about, [state.apps.get(one.app)?.name, one.rate, `${one.done}${one.count ? ` of ${one.count}` : ''} events`].filter(Boolean).join(' · '));
      setText(badge, { running: 'Running', finished: 'Finished', stopped: 'Stopped' }[one.state] ?? one.state);
      badge.className = 'badge ' + (one.state === 'running' ? 'accent' : '');
      stop.hidden = one.state !== 'running';
      stop.setAttribute('aria-label', `Stop play with seed ${one.seed}`);
    },
  });
}
