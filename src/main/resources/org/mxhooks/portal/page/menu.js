import { h } from './dom.js';

let open;

/** A button that opens a menu; `items` returns [text, whether it is chosen, action] when it opens. */
export function menuButton(attributes, content, items) {
  const button = h('button', { type: 'button', 'aria-haspopup': 'menu', 'aria-expanded': 'false', ...attributes }, content);
  button.addEventListener('click', () => (open?.button === button ? close() : show(button, items())));
  button.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    show(button, items());
  });
  return button;
}

function show(button, items) {
  close();
  const menu = h('div', { class: 'menu', role: 'menu', 'aria-label': button.getAttribute('aria-label') },
    items.map(([text, chosen, action]) => h('button', {
      type: 'button', role: 'menuitemradio', 'aria-checked': String(chosen), tabindex: '-1',
      onclick: () => { close(); button.focus(); action(); },
    }, text)));
  menu.addEventListener('keydown', (event) => steer(event, menu, button));
  menu.addEventListener('focusout', (event) => { if (!menu.contains(event.relatedTarget) && event.relatedTarget !== button) close(); });
  document.querySelector('main').append(menu);
  place(menu, button.getBoundingClientRect());
  button.setAttribute('aria-expanded', 'true');
  open = { menu, button };
  (menu.querySelector('[aria-checked=true]') ?? menu.firstElementChild).focus();
}

function close() {
  if (!open) return;
  const { menu, button } = open;
  open = undefined;
  button.setAttribute('aria-expanded', 'false');
  menu.remove();
}

function place(menu, at) {
  const { width, height } = menu.getBoundingClientRect();
  menu.style.left = `${Math.max(8, Math.min(at.right - width, innerWidth - width - 8))}px`;
  menu.style.top = `${at.bottom + 4 + height > innerHeight ? at.top - height - 4 : at.bottom + 4}px`;
}

function steer(event, menu, button) {
  const items = [...menu.children];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    items.at(to % items.length).focus();
  } else if (event.key === 'Escape' || event.key === 'Tab') {
    if (event.key === 'Escape') event.preventDefault();
    close();
    button.focus();
  }
}

document.addEventListener('pointerdown', (event) => {
  if (open && !open.menu.contains(event.target) && !open.button.contains(event.target)) close();
});
addEventListener('resize', close);
addEventListener('scroll', close, true);
