// Keeps an open page up to date: by the server's own events, or by asking now and then where those are refused.
// The page is complete without it. Written for the oldest browser a citizen may have.
(function () {
  'use strict';
  var part = document.getElementById('langsung');
  var notice = document.getElementById('pemberitahuan');
  var reload = document.getElementById('muat-ulang');
  var saving = navigator.connection && navigator.connection.saveData;
  if (!part || !notice || !reload || saving || !window.fetch) return;

  var source = part.getAttribute('data-source');
  var version = part.getAttribute('data-version');
  var POLL = 15000;
  var SLOWEST = 120000;
  var events = null;
  var timer = 0;
  var wait = POLL;
  var polls = 0;
  var failures = 0;

  function keys() {
    var found = {};
    part.querySelectorAll('[data-key]').forEach(function (item) {
      found[item.getAttribute('data-key')] = true;
    });
    return found;
  }

  function show(change) {
    if (change.version === version) return;
    version = change.version;
    var before = keys();
    var inside = part.contains(document.activeElement);
    part.innerHTML = change.html;
    if (inside) document.getElementById('isi').focus({ preventScroll: true });
    part.querySelectorAll('[data-key]').forEach(function (item) {
      if (before[item.getAttribute('data-key')]) return;
      item.classList.add('new');
      setTimeout(function () {
        item.classList.remove('new');
      }, 4000);
    });
    notice.textContent = change.note;
  }

  function gone() {
    stop();
    location.reload();
  }

  function stop() {
    clearTimeout(timer);
    if (events) events.close();
    events = null;
  }

  function later(act, after) {
    clearTimeout(timer);
    timer = setTimeout(
      function () {
        act();
      },
      after * (0.75 + Math.random() * 0.5),
    );
  }

  function poll() {
    fetch(source + '/terkini', { cache: 'no-cache', credentials: 'omit' })
      .then(function (answer) {
        if (answer.status === 404) return gone();
        if (!answer.ok) throw new Error(String(answer.status));
        reload.hidden = true;
        wait = POLL;
        return answer.json().then(show);
      })
      .catch(function () {
        // The link to load the page anew stays in sight while nothing is heard.
        reload.hidden = false;
        wait = Math.min(wait * 2, SLOWEST);
      })
      .then(function () {
        if (document.hidden) return;
        polls++;
        // Places become free: try the events again now and then.
        later(polls % 20 === 0 ? listen : poll, wait);
      });
  }

  function listen() {
    stop();
    if (!window.EventSource) return poll();
    events = new EventSource(source + '/peristiwa?v=' + encodeURIComponent(version));
    events.onopen = function () {
      failures = 0;
      reload.hidden = true;
    };
    events.onmessage = function (message) {
      show(JSON.parse(message.data));
    };
    events.addEventListener('gone', gone);
    events.onerror = function () {
      reload.hidden = false;
      failures++;
      // Refused for good, or a network between that lets no events through.
      if (events.readyState !== 2 && failures < 5) return;
      stop();
      later(poll, 2000);
    };
  }

  // A page that nobody looks at gives its place back, and catches up when it is looked at again.
  document.addEventListener('visibilitychange', function () {
    if (document.hidden) later(stop, 60000);
    else if (events) clearTimeout(timer);
    else listen();
  });
  window.addEventListener('pagehide', stop);
  window.addEventListener('pageshow', function (shown) {
    if (shown.persisted) listen();
  });
  listen();
})();
