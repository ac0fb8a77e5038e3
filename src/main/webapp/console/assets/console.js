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

  // Addresses have UTC; a control shows the browser's zone. The attribute has what the server sent, whatever was typed.
  function localInputs() {
    for (const input of document.querySelectorAll('input[data-utc]')) {
      const at = new Date(`${input.defaultValue}Z`);
      if (!Number.isNaN(at.getTime())) {
        input.value = new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
      }
      const shown = input.value;
      const zone = input.closest('label').querySelector('[data-zone]');
      zone.textContent = `(${new Intl.DateTimeFormat().resolvedOptions().timeZone})`;
      input.form.addEventListener('formdata', (event) => {
        // An hour of autumn comes twice: what nobody changed is sent as it was.
        const typed = new Date(input.value === shown ? `${input.defaultValue}Z` : input.value);
        if (Number.isNaN(typed.getTime())) {
          event.formData.delete(input.name);
        } else {
          event.formData.set(input.name, typed.toISOString().replace('.000Z', 'Z'));
        }
      });
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
    let changes;
    let due = 0;
    let pressed = false;
    let paused = false;
    let live = false;
    let silent = 0;
    let again = 0;

    function update() {
      clearTimeout(due);
      if (paused) {
        return;
      }
      due = setTimeout(() => (pressed ? update() : document.body.dispatchEvent(new CustomEvent('mxhooks-change'))), 150);
    }

    // Between the press and the release of a button, the click would go to a button that is no more.
    function unlessPressed(event) {
      if (pressed && event.target.id === 'live') {
        event.detail.shouldSwap = false;
        update();
      }
    }

    function show(connected) {
      clearTimeout(silent);
      silent = 0;
      live = connected;
      link.hidden = false;
      link.textContent = paused ? link.dataset.paused : live ? link.dataset.live : link.dataset.offline;
      link.classList.toggle('off', paused || !live);
    }

    function disconnect() {
      clearTimeout(again);
      changes?.close();
      changes = undefined;
    }

    function connect() {
      disconnect();
      const stream = new EventSource('changes');
      changes = stream;
      stream.addEventListener('open', () => {
        show(true);
        update(); // what happened since the page was made, or since the last stream
      });
      stream.addEventListener('error', () => {
        // The server ends a stream now and then: only a longer silence is worth a word.
        silent = silent || setTimeout(() => show(false), 10_000);
        if (stream.readyState === EventSource.CLOSED && stream === changes) {
          // Browsers try again after a lost connection, but not after an answer such as 401, 502 or 503.
          update();
          again = setTimeout(connect, 5_000);
        }
      });
      stream.addEventListener('message', update);
    }

    link.addEventListener('click', () => {
      paused = !paused;
      show(live);
      update();
    });
    // A page that nobody sees needs no updates, and a browser opens few connections to one server.
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) {
        disconnect();
      } else {
        connect();
      }
    });
    if (!document.hidden) {
      connect();
    }
    document.body.addEventListener('htmx:beforeSwap', unlessPressed);
    // A menu takes the release of its button.
    window.addEventListener('pointerdown', (event) => { pressed = event.button === 0; });
    for (const end of ['pointerup', 'pointercancel', 'contextmenu', 'blur']) {
      window.addEventListener(end, () => { pressed = false; });
    }
    window.addEventListener('pagehide', disconnect);
    window.addEventListener('pageshow', (event) => {
      if (event.persisted) {
        connect();
      }
    });
  }

  // htmx gives the focus back to what has an id; a link is known by where it leads.
  let focused = null;

  function keepFocus() {
    const at = document.activeElement;
    focused = at && at.matches('#live a[href]:not([id])') ? at.getAttribute('href') : null;
  }

  function giveFocusBack() {
    const link = focused && document.querySelector(`#live a[href="${CSS.escape(focused)}"]`);
    if (link) {
      link.focus({ preventScroll: true });
    }
  }

  // What a user opened stays open.
  let opened = [];

  function keepOpen() {
    opened = [...document.querySelectorAll('#live details[id][open]')].map((details) => details.id);
  }

  function openAgain() {
    for (const id of opened) {
      document.getElementById(id)?.setAttribute('open', '');
    }
  }

  // Only where the browser lets a page write to the clipboard.
  function offerCopies() {
    for (const button of navigator.clipboard ? document.querySelectorAll('button[data-copy]') : []) {
      button.hidden = false;
    }
  }

  function copy(event) {
    const button = event.target.closest('button[data-copy]');
    if (button) {
      const source = document.getElementById(button.dataset.copy);
      navigator.clipboard
        .writeText(source.value ?? source.textContent)
        .then(() => { button.textContent = button.dataset.copied; });
    }
  }

  // The session ends meanwhile: the answer to an update would have the page loaded again, instead of what follows.
  let signingOut = false;

  function signOut(event) {
    signingOut = event.target.matches('form[action="sign-out"]');
  }

  function unlessSigningOut(event) {
    if (signingOut) {
      event.preventDefault();
    }
  }

  localTimes(document);
  localInputs();
  // A file's exact bytes, into the field that takes Base64.
  function offerFiles() {
    for (const file of document.querySelectorAll('input[type=file][data-base64]')) {
      file.hidden = false;
      file.labels[0].hidden = false;
      file.addEventListener('change', () => {
        const reader = new FileReader();
        reader.addEventListener('load', () => {
          document.getElementById(file.dataset.base64).value = reader.result.split(',')[1] ?? '';
        });
        reader.readAsDataURL(file.files[0]);
      });
    }
  }

  offerCopies();
  offerFiles();
  document.addEventListener('click', copy);
  document.body.addEventListener('htmx:beforeSwap', keepFocus);
  document.body.addEventListener('htmx:beforeSwap', keepOpen);
  document.body.addEventListener('htmx:afterSwap', () => {
    localTimes(document);
    offerCopies();
    openAgain();
    giveFocusBack();
  });
  document.addEventListener('submit', confirmChange);
  document.addEventListener('submit', signOut);
  document.body.addEventListener('htmx:beforeOnLoad', unlessSigningOut);
  follow();
})();
