import { h, icon } from './dom.js';

let ids = 0;

/** A labelled control; `showError` marks it as wrong. */
export function field(label, control, hint) {
  const id = `field-${++ids}`;
  const error = h('p', { class: 'error', id: `${id}-error` });
  control.id = id;
  const described = [hint && `${id}-hint`, `${id}-error`].filter(Boolean).join(' ');
  control.setAttribute('aria-describedby', described);
  const element = h('div', { class: 'field' }, h('label', { for: id }, label), control,
    hint && h('p', { class: 'hint', id: `${id}-hint` }, hint), error);
  return Object.assign(element, { control, showError: (text) => show(control, error, text) });
}

/** Check boxes of which at least one is to be chosen. */
export function choices(label, options, chosen) {
  const id = `field-${++ids}`;
  const error = h('p', { class: 'error', id: `${id}-error` });
  const boxes = options.map(([value, text]) => h('input', { type: 'checkbox', value, checked: chosen.includes(value) }));
  const element = h('fieldset', { class: 'field', 'aria-describedby': `${id}-error` }, h('legend', {}, label),
    h('div', { class: 'checks' }, options.map(([, text], i) => h('label', {}, boxes[i], text))), error);
  return Object.assign(element, {
    control: boxes[0],
    values: () => boxes.filter((box) => box.checked).map((box) => box.value),
    showError: (text) => show(undefined, error, text),
  });
}

function show(control, error, text) {
  error.textContent = text ?? '';
  if (text) control?.setAttribute('aria-invalid', 'true');
  else control?.removeAttribute('aria-invalid');
}

export function input(name, value = '', attributes = {}) {
  const element = h('input', { name, autocomplete: 'off', ...attributes });
  element.value = value;
  return element;
}

export function textarea(name, value = '', attributes = {}) {
  const element = h('textarea', { name, ...attributes });
  element.value = value;
  return element;
}

/** A list of [value, text] to choose one of. */
export function select(name, options, value, attributes = {}) {
  const element = h('select', { name, ...attributes }, options.map(([key, text]) => h('option', { value: key }, text)));
  element.value = value;
  return element;
}

/**
 * A dialog with a form. `fields` are those of `field` and `choices` by the name that the portal gives them; `save` sends
 * them. A refusal is shown at the field that it names, else above the buttons.
 */
export function openForm({ title, fields, action, save, extra }) {
  const refused = h('p', { class: 'error', role: 'alert' });
  const submit = h('button', { class: 'primary', type: 'submit' }, action);
  const form = h('form', { novalidate: true }, heading(title, () => dialog.close()), Object.values(fields), refused,
    h('div', { class: 'actions' }, extra, h('span', { class: 'grow' }),
      h('button', { type: 'button', onclick: () => dialog.close() }, 'Cancel'), submit));
  const dialog = openDialog(title, form);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (!complete(fields)) return;
    submit.disabled = true;
    try {
      await save();
      dialog.close();
    } catch (refusal) {
      const at = fields[refusal.field];
      at ? at.showError(refusal.message) : (refused.textContent = refusal.message);
      at?.control.focus();
    } finally {
      submit.disabled = false;
    }
  });
  return dialog;
}

/** Checks what the browser can check, shows it in words, and puts the focus on the first that is wrong. */
function complete(fields) {
  const wrong = Object.values(fields).filter((one) => {
    const text = faultOf(one);
    one.showError(text);
    return text !== undefined;
  });
  wrong[0]?.control.focus();
  return wrong.length === 0;
}

function faultOf(one) {
  if (one.values) return one.values().length === 0 ? 'Choose at least one.' : undefined;
  const { validity, required, value, type } = one.control;
  if (required && value.trim() === '') return 'This is required.';
  if (type === 'url' && !/^https?:\/\/[^\s]+$/i.test(value.trim())) return 'Enter a URL that begins with http:// or https://.';
  return validity.valid ? undefined : one.control.validationMessage;
}

export function openDialog(title, content) {
  const dialog = h('dialog', { 'aria-label': title, onclose: () => dialog.remove() }, content);
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

export function heading(title, close) {
  return h('div', { class: 'heading' }, h('h2', {}, title),
    h('button', { class: 'plain icon-only', type: 'button', 'aria-label': 'Close', onclick: close }, icon('close')));
}

/** Asks before something that cannot be undone. */
export function confirm({ title, text, action, run }) {
  openForm({ title, fields: {}, action, save: run }).querySelector('form .error').before(h('p', {}, text));
}
