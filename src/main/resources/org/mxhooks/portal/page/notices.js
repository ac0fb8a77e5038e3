import { h, icon } from './dom.js';

const announcer = document.getElementById('announcer');
const toasts = document.getElementById('toasts');

/** Says something to those who do not see the page. */
export function announce(text) {
  announcer.textContent = '';
  requestAnimationFrame(() => (announcer.textContent = text));
}

/** Shows an error until it is dismissed. */
export function complain(refusal) {
  const toast = h('div', { class: 'toast' }, h('p', {}, refusal.message),
    h('button', { class: 'plain icon-only', type: 'button', 'aria-label': 'Dismiss', onclick: () => toast.remove() }, icon('close')));
  toasts.replaceChildren(toast);
}

/** Runs what the portal may refuse, and shows its refusal. */
export async function attempt(action) {
  try {
    return await action();
  } catch (refusal) {
    complain(refusal);
    return undefined;
  }
}
