// Elements are built here and nowhere else: text becomes a text node, never markup.

/** An element; `on…` attributes are listeners, false or undefined attributes are left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

const PATHS = {
  plus: 'M8 3v10M3 8h10',
  move: 'M2.5 8h11M5 5 2 8l3 3M11 5l3 3-3 3',
  chevron: 'm6 4 4 4-4 4',
  close: 'm4 4 8 8M12 4l-8 8',
  again: 'M13 8a5 5 0 1 1-1.5-3.5M13 2v3h-3',
  copy: 'M5.5 5.5h7v8h-7zM3.5 10.5v-8h7',
  flag: 'M4 14V2.5h7.5L10 5.5l1.5 3H4',
  bug: 'M5 7a3 3 0 0 1 6 0v3a3 3 0 0 1-6 0zM5 8H2.5M13.5 8H11M5.3 5 3.5 3.5M10.7 5l1.8-1.5M5.3 11l-1.8 1.5M10.7 11l1.8 1.5',
  spark: 'M8 2.5 9.5 6.5 13.5 8 9.5 9.5 8 13.5 6.5 9.5 2.5 8 6.5 6.5z',
};

/** A drawing of 16 by 16 that says nothing to a screen reader. */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}

/** Makes the children of an element these, in this order, and moves only what is elsewhere. */
export function arrange(parent, children) {
  const kept = new Set(children);
  for (const child of [...parent.children]) if (!kept.has(child)) child.remove();
  let place = parent.firstElementChild;
  for (const child of children) {
    if (child === place) place = place.nextElementSibling;
    else parent.insertBefore(child, place);
  }
}

/** Runs a change of the document and gives the focus back to the element that had it, if that is still there. */
export function keepingFocus(change) {
  const focused = document.activeElement;
  change();
  if (focused && focused !== document.activeElement && focused.isConnected) focused.focus({ preventScroll: true });
}

/** Elements by key that are made once and updated afterwards. */
export class Pool {
  #elements = new Map();
  #create;

  constructor(create) {
    this.#create = create;
  }

  /** The elements of these items; those of others are forgotten. */
  of(items, keyOf) {
    const previous = this.#elements;
    this.#elements = new Map(items.map((item) => [keyOf(item), previous.get(keyOf(item)) ?? this.#create(item)]));
    return items.map((item) => {
      const element = this.#elements.get(keyOf(item));
      element.update(item);
      return element;
    });
  }

  get(key) {
    return this.#elements.get(key);
  }
}

export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeStyle: 'medium' });

/** A moment as the time of day, with the whole of it as a tooltip. */
export function time(instant) {
  const date = new Date(instant);
  return h('time', { datetime: instant, title: full.format(date) }, clock.format(date));
}

/** A date without a time of day. */
export function date(instant) {
  return day.format(new Date(instant));
}

export function count(number, one, many = one + 's') {
  return `${number} ${number === 1 ? one : many}`;
}
