// Local times, confirmations, and the stream of changes. Without it every page works, in UTC.
(() => {
  'use strict';

  const local = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

  function localTimes(root) {
    for (const time of root.querySelectorAll('time[datetime]')) {
      const at = new Date(time.dateTime);
      if (!Number.isNaN(at.getTime())) {
        time.textContent = local.format(at);
      }
    }
  }

  function confirmChange(event) {
    const question = event.target.dataset.confirm;
    if (question && !window.confirm(question)) {
      event.preventDefault();
    }
  }

  function follow() {
    const link = document.getElementById('link');
    if (!link || !document.getElementById('live')) {
      return;
    }
    const changes = new EventSource('changes');
    let due = 0;
    changes.addEventListener('open', () => {
      link.textContent = link.dataset.live;
      link.classList.remove('off');
    });
    changes.addEventListener('error', () => {
      link.textContent = link.dataset.offline;
      link.classList.add('off');
    });
    changes.addEventListener('message', () => {
      clearTimeout(due);
      due = setTimeout(() => document.body.dispatchEvent(new CustomEvent('mxhooks-change')), 150);
    });
    window.addEventListener('pagehide', () => changes.close());
  }

  localTimes(document);
  document.body.addEventListener('htmx:afterSwap', () => localTimes(document));
  document.addEventListener('submit', confirmChange);
  follow();
})();
