const FAR_ENOUGH = 6;
const EDGE = 60;

/**
 * Lets cards be dragged with the mouse or a pen to another column; a finger scrolls, and uses the menu of the card.
 * `columnAt` returns the column under a point, `hover` shows it (or none), `drop` is the end.
 */
export function draggable(board, { cardOf, columnAt, hover, drop }) {
  let drag;

  board.addEventListener('pointerdown', (event) => {
    const card = cardOf(event.target);
    if (!card || event.button !== 0 || event.pointerType === 'touch') return;
    drag = { card, pointer: event.pointerId, x: event.clientX, y: event.clientY };
    addEventListener('pointermove', move);
    addEventListener('pointerup', release);
    addEventListener('pointercancel', cancel);
    addEventListener('keydown', cancelByKey, true);
  });

  function move(event) {
    if (event.pointerId !== drag.pointer) return;
    const far = Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > FAR_ENOUGH;
    if (!drag.ghost && !far) return;
    if (!drag.ghost) lift();
    drag.ghost.style.translate = `${event.clientX - drag.x}px ${event.clientY - drag.y}px`;
    drag.column = columnAt(event.clientX, event.clientY);
    hover(drag.card, drag.column);
    scrollAtEdge(event.clientY);
  }

  function lift() {
    const { left, top, width } = drag.card.getBoundingClientRect();
    drag.ghost = drag.card.cloneNode(true);
    drag.ghost.classList.add('ghost');
    drag.ghost.setAttribute('aria-hidden', 'true');
    drag.ghost.inert = true;
    Object.assign(drag.ghost.style, { left: `${left}px`, top: `${top}px`, width: `${width}px` });
    document.body.append(drag.ghost);
    document.body.classList.add('dragging');
    drag.card.classList.add('lifted');
  }

  function release() {
    const { card, column, ghost } = drag;
    end();
    if (!ghost) return;
    swallowClick();
    if (column) drop(card, column, ghost.getBoundingClientRect());
  }

  function cancel() {
    if (drag.ghost) swallowClick();
    end();
  }

  function cancelByKey(event) {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    cancel();
  }

  function end() {
    drag.card.classList.remove('lifted');
    drag.ghost?.remove();
    document.body.classList.remove('dragging');
    hover(drag.card, undefined);
    drag = undefined;
    removeEventListener('pointermove', move);
    removeEventListener('pointerup', release);
    removeEventListener('pointercancel', cancel);
    removeEventListener('keydown', cancelByKey, true);
  }
}

/** The browser reports a click at the end of a drag that began and ended on one element. */
function swallowClick() {
  const swallow = (event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener('click', swallow, true));
}

function scrollAtEdge(y) {
  if (y < EDGE) scrollBy(0, -12);
  else if (y > innerHeight - EDGE) scrollBy(0, 12);
}
