import { patch, post } from './api.js';
import { arrange, h, icon, keepingFocus, Pool, setText } from './dom.js';
import { draggable } from './drag.js';
import { select } from './forms.js';
import { menuButton } from './menu.js';
import { announce, attempt } from './notices.js';
import { adopt, changed, descending, state } from './state.js';
import { editStory } from './stories.js';
import { deliveryFeed } from './deliveries.js';

const STATUSES = ['To-do', 'Running', 'Done'];
const PAGE = 50;

/** The stories of an app, a column for each status. */
export function board() {
  let sprint = 'all';
  const filter = h('select', { 'aria-label': 'Sprint', onchange: () => { sprint = filter.value; changed(); } });
  const cards = new Pool(card);
  const columns = STATUSES.map((status) => column(status, () => sprintFor(sprint)));
  const lanes = h('div', { class: 'board' }, columns);
  const feed = deliveryFeed();
  const element = h('div', { class: 'split' },
    h('section', { class: 'stories', 'aria-label': 'Board' },
      h('div', { class: 'toolbar' }, h('h1', {}, 'Board'), h('span', { class: 'grow' }), filter,
        h('button', { class: 'primary', type: 'button', 'aria-label': 'New story', onclick: () => editStory(undefined, { sprint: sprintFor(sprint) }) },
          icon('plus'), h('span', { class: 'wide' }, 'New story'))),
      h('p', { id: 'card-keys', class: 'visually-hidden' }, 'Enter opens the story. Shift with the left or right arrow key moves it to another column.'),
      lanes),
    feed);
  draggable(lanes, {
    cardOf: (target) => (target.closest('.move') ? undefined : target.closest('.card')),
    columnAt: (x, y) => document.elementsFromPoint(x, y).find((one) => one.matches('.column')),
    hover: (lifted, over) => columns.forEach((one) => one.classList.toggle('target', one === over && lifted.story.status !== one.status)),
    drop: (dropped, over, from) => move(dropped.story, over.status, from),
  });

  function update() {
    const options = sprintOptions();
    if (!options.some(([value]) => value === sprint)) sprint = 'all';
    setOptions(filter, options, sprint);
    const shown = inSprint(sprint);
    keepingFocus(() => gliding(lanes, () => {
      const elements = cards.of(columns.flatMap((one) => one.slice(shown)), (story) => story.id);
      columns.forEach((one) => one.show(shown, elements));
    }));
    feed.update();
  }
  return Object.assign(element, { update });
}

function sprintFor(value) {
  return value === 'all' || value === 'none' ? undefined : Number(value);
}

function sprintOptions() {
  const sprints = [...state.sprints.values()].reverse();
  return [['all', 'All stories'], ['none', 'Backlog'], ...sprints.map((sprint) => [String(sprint.id), sprint.name])];
}

function setOptions(control, options, value) {
  const texts = options.map(([key, text]) => key + text).join();
  if (control.texts !== texts) {
    control.texts = texts;
    control.replaceChildren(...select('', options).children);
  }
  control.value = value;
}

function inSprint(sprint) {
  const stories = [...state.stories.values()].sort((a, b) => descending(a.updatedAt, b.updatedAt) || b.id - a.id);
  return sprint === 'all' ? stories : stories.filter((story) => (sprintOf(story) ?? 'none') == sprint);
}

/** A sub-story has the sprint of its parent. */
function sprintOf(story) {
  return story.sprint ?? state.stories.get(story.parent)?.sprint;
}

function column(status, sprint) {
  let limit = PAGE;
  const id = 'column-' + status.toLowerCase();
  const number = h('span', { class: 'number' });
  const list = h('ol', { class: 'cards', 'aria-labelledby': id });
  const nothing = h('p', { class: 'nothing' });
  const more = h('button', { class: 'plain more', type: 'button', onclick: () => { limit += PAGE; changed(); } });
  const element = h('section', { class: 'column', 'data-status': status },
    h('div', { class: 'column-head' }, h('h2', { id }, h('span', { class: 'glyph' }), status), number),
    composer(status, sprint), list, nothing, more);
  const own = (stories) => stories.filter((story) => story.status === status);
  return Object.assign(element, {
    status,
    slice: (stories) => own(stories).slice(0, limit),
    show(stories, elements) {
      const all = own(stories);
      setText(number, String(all.length));
      arrange(list, elements.filter((one) => one.story.status === status));
      nothing.hidden = all.length > 0;
      setText(nothing, state.loading ? 'Loading…' : 'No stories');
      more.hidden = all.length <= limit;
      setText(more, `Show more of ${all.length}`);
    },
  });
}

/** A line in which a story is typed. */
function composer(status, sprint) {
  const name = h('input', { 'aria-label': `New story in ${status}`, placeholder: 'Add a story', maxlength: '255', autocomplete: 'off' });
  return h('form', {
    class: 'composer',
    onsubmit: async (event) => {
      event.preventDefault();
      if (name.value.trim() === '') return;
      const app = state.app;
      const story = await attempt(() => post(`/apps/${app}/stories`, { name: name.value.trim(), status, sprint: sprint() }));
      if (!story) return;
      name.value = '';
      adopt('story', app, story);
      announce(`Story ${story.key} added to ${story.status}.`);
    },
  }, icon('plus'), name);
}

function card() {
  const kind = h('span', { class: 'kind' });
  const key = h('span', { class: 'key' });
  const name = h('button', { class: 'name', type: 'button', 'aria-describedby': 'card-keys', onclick: () => editStory(element.story) });
  const sprint = h('span', { class: 'sprint' });
  const mover = menuButton({ class: 'plain icon-only move' }, icon('move'),
    () => STATUSES.map((status) => [status, status === element.story.status, () => move(element.story, status)]));
  const element = h('li', { class: 'card' }, h('div', { class: 'card-head' }, kind, key, h('span', { class: 'grow' }), mover), name, sprint);
  name.addEventListener('keydown', (event) => {
    const step = event.shiftKey && { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const to = STATUSES[STATUSES.indexOf(element.story.status) + step];
    if (to) move(element.story, to);
    else announce(`Story ${element.story.key} is in the ${step < 0 ? 'first' : 'last'} column.`);
  });
  return Object.assign(element, {
    update(story) {
      if (element.story !== story) describe(story);
      setText(sprint, placeOf(story));
      sprint.hidden = sprint.textContent === '';
    },
  });

  function describe(story) {
    element.story = story;
    element.dataset.id = story.id;
    kind.className = 'kind ' + story.storyType.toLowerCase();
    kind.replaceChildren(icon(story.storyType === 'Bug' ? 'bug' : 'spark'), story.storyType);
    setText(key, story.key);
    setText(name, story.name);
    mover.setAttribute('aria-label', `Move ${story.key}`);
    mover.title = 'Move (Shift with ← or → on the story)';
  }
}

function placeOf(story) {
  const parent = story.parent && `Part of ${state.stories.get(story.parent)?.key ?? story.parent}`;
  return [state.sprints.get(sprintOf(story))?.name, parent].filter(Boolean).join(' · ');
}

/** Moves at once, and back if the portal refuses. */
async function move(story, status, from) {
  if (story.status === status) return;
  const app = state.app;
  const moved = { ...story, status, updatedAt: new Date().toISOString() };
  state.stories.set(story.id, moved);
  landing = from && { id: story.id, from };
  changed();
  const answer = await attempt(() => patch(`/apps/${app}/stories/${story.id}`, { status, version: story.version }));
  if (answer) {
    adopt('story', app, answer);
    announce(`Story ${story.key} moved to ${status}.`);
  } else {
    if (state.stories.get(story.id) === moved) state.stories.set(story.id, story);
    announce(`Story ${story.key} stays in ${story.status}.`);
    changed();
  }
}

let landing;
const still = matchMedia('(prefers-reduced-motion: reduce)');

/** Runs a change of the board and lets the cards glide from where they were. */
function gliding(lanes, change) {
  const cards = () => [...lanes.querySelectorAll('.card')];
  const before = new Map(cards().map((one) => [one, one.getBoundingClientRect()]));
  change();
  const dropped = landing;
  landing = undefined;
  if (still.matches || before.size > 200) return;
  for (const one of cards()) {
    const from = dropped?.id === one.story.id ? dropped.from : before.get(one);
    const to = one.getBoundingClientRect();
    if (!from) {
      if (before.size > 0) one.animate([{ opacity: 0, transform: 'translateY(-6px)' }, {}], { duration: 180, easing: 'ease-out' });
    } else if (from.left !== to.left || from.top !== to.top) {
      one.animate([{ transform: `translate(${from.left - to.left}px, ${from.top - to.top}px)` }, {}], { duration: 200, easing: 'cubic-bezier(.2, .8, .3, 1)' });
    }
  }
}
