import { patch, post } from './api.js';
import { field, input, openForm, select, textarea } from './forms.js';
import { announce } from './notices.js';
import { adopt, state } from './state.js';

/** Opens the form of a story, or of a new one with these presets. */
export function editStory(story, presets = {}) {
  const shown = story ?? { name: '', status: 'To-do', storyType: 'Feature', ...presets };
  const name = input('name', shown.name, { required: true, maxlength: '255' });
  const description = textarea('description', shown.description ?? '', { rows: '4' });
  const status = select('status', ['To-do', 'Running', 'Done'].map(same), shown.status);
  const storyType = select('storyType', ['Feature', 'Bug'].map(same), shown.storyType);
  const sprint = select('sprint', sprints(), String(shown.sprint ?? ''));
  const fields = {
    name: field('Name', name),
    description: field('Description', description),
    status: field('Status', status),
    storyType: field('Type', storyType),
    ...(shown.parent === undefined && { sprint: field('Sprint', sprint) }),
  };
  openForm({
    title: story ? `Story ${story.key}` : 'New story',
    fields,
    action: story ? 'Save' : 'Add story',
    async save() {
      const values = { name: name.value.trim(), description: description.value, status: status.value, storyType: storyType.value };
      if (fields.sprint && (story || sprint.value)) values.sprint = sprint.value ? Number(sprint.value) : null;
      const stories = `/apps/${state.app}/stories`;
      const value = story ? await patch(`${stories}/${story.id}`, { ...values, version: story.version }) : await post(stories, values);
      adopt('story', state.app, value);
      announce(story ? `Story ${value.key} saved.` : `Story ${value.key} added to ${value.status}.`);
    },
  });
}

function sprints() {
  return [['', 'Backlog'], ...[...state.sprints.values()].reverse().map((sprint) => [String(sprint.id), sprint.name])];
}

function same(text) {
  return [text, text];
}
