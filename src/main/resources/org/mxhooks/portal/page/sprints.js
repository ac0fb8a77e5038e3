import { patch, post } from './api.js';
import { arrange, count, date, h, icon, keepingFocus, Pool, setText } from './dom.js';
import { field, input, openForm, select } from './forms.js';
import { announce } from './notices.js';
import { adopt, state } from './state.js';

const STATUSES = ['Planned', 'Active', 'Completed'];

/** The sprints of an app, the newest first. */
export function sprints() {
  const rows = new Pool(row);
  const list = h('ul', { class: 'rows' });
  const nothing = h('div', { class: 'empty' }, h('p', {}, 'No sprints yet.'), h('p', { class: 'quiet' }, 'A sprint groups stories. Creating or changing one sends a webhook.'));
  const element = h('section', { 'aria-label': 'Sprints' },
    h('div', { class: 'toolbar' }, h('h1', {}, 'Sprints'), h('span', { class: 'grow' }),
      h('button', { class: 'primary', type: 'button', onclick: () => editSprint() }, icon('plus'), 'New sprint')),
    list, nothing);
  return Object.assign(element, {
    update() {
      const all = [...state.sprints.values()].sort((a, b) => b.id - a.id);
      keepingFocus(() => arrange(list, rows.of(all, (sprint) => sprint.id)));
      nothing.hidden = all.length > 0 || state.loading;
    },
  });
}

function row() {
  const name = h('button', { class: 'name', type: 'button', onclick: () => editSprint(element.sprint) });
  const status = h('span', { class: 'badge' });
  const dates = h('span', { class: 'quiet' });
  const stories = h('span', { class: 'quiet' });
  const progress = h('progress', { max: '1', 'aria-label': 'Stories done' });
  const element = h('li', { class: 'row sprint-row' }, h('div', { class: 'row-main' }, name, dates), status, h('div', { class: 'done' }, progress, stories));
  return Object.assign(element, {
    update(sprint) {
      element.sprint = sprint;
      const own = [...state.stories.values()].filter((story) => (story.sprint ?? state.stories.get(story.parent)?.sprint) === sprint.id);
      const done = own.filter((story) => story.status === 'Done').length;
      setText(name, sprint.name);
      setText(status, sprint.status);
      status.className = 'badge ' + (sprint.status === 'Active' ? 'accent' : '');
      setText(dates, [sprint.startDate, sprint.endDate].filter(Boolean).map(date).join(' – '));
      setText(stories, own.length === 0 ? 'No stories' : `${done} of ${count(own.length, 'story', 'stories')} done`);
      progress.value = own.length === 0 ? 0 : done / own.length;
    },
  });
}

function editSprint(sprint) {
  const name = input('name', sprint?.name, { required: true, maxlength: '255' });
  const status = select('status', STATUSES.map((text) => [text, text]), sprint?.status ?? 'Planned');
  const startDate = input('startDate', sprint?.startDate?.slice(0, 10), { type: 'date' });
  const endDate = input('endDate', sprint?.endDate?.slice(0, 10), { type: 'date' });
  openForm({
    title: sprint ? sprint.name : 'New sprint',
    fields: { name: field('Name', name), status: field('Status', status), startDate: field('First day', startDate), endDate: field('Last day', endDate) },
    action: sprint ? 'Save' : 'Add sprint',
    async save() {
      const values = { name: name.value.trim(), status: status.value, ...day('startDate', startDate, sprint), ...day('endDate', endDate, sprint) };
      const path = `/apps/${state.app}/sprints`;
      const value = sprint ? await patch(`${path}/${sprint.id}`, { ...values, version: sprint.version }) : await post(path, values);
      adopt('sprint', state.app, value);
      announce(`Sprint ${value.name} ${sprint ? 'saved' : 'added'}.`);
    },
  });
}

/** A date as an instant; null where one was taken out. */
function day(name, control, sprint) {
  if (control.value) return { [name]: `${control.value}T00:00:00.000Z` };
  return sprint?.[name] ? { [name]: null } : {};
}
