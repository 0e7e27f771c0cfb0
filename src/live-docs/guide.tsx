import type { ReactElement } from 'react';
import { LIMITS } from '#libs/contracts';
import { HANDSHAKE_REFUSED, SIGN_IN } from './examples.js';

const SIGN_IN_WITH_CURL = `curl -i -X POST https://simpul.example/api/session \\
  -H 'Origin: https://simpul.example' -H 'Content-Type: application/json' \\
  -d '${JSON.stringify(SIGN_IN)}'

HTTP/1.1 200 OK
Set-Cookie: __Host-simpul_session=…; Path=/; Expires=…; HttpOnly; Secure; SameSite=Lax`;

const UPGRADE = `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1
Host: simpul.example
Origin: https://simpul.example
Cookie: __Host-simpul_session=…
Upgrade: websocket`;

/** Signing in, the handshake, and how a connection ends. */
export function Connecting(): ReactElement {
  return (
    <>
      <h2 id="connecting">Coming in</h2>
      <h3>Sign-in</h3>
      <p>
        One HTTP request; its answer says who one is (<code>person.id</code>), which boards one may open, and
        until when the sign-in holds. The cookie is the only credential; a server over plain HTTP names it{' '}
        <code>simpul_session</code> without the prefix, so send back the one you were given.{' '}
        <code>Origin</code> must be an address of the server that people use (<code>SIMPUL_ORIGINS</code>);
        with a cookie it is asked for in every request that is not a GET, and in the handshake.
      </p>
      <pre>{SIGN_IN_WITH_CURL}</pre>
      <h3>Handshake</h3>
      <p>
        Socket.IO protocol 5 on Engine.IO 4, WebSocket only: long-polling is refused unless the server was set
        up for it. Default namespace, text packets, no authentication packet, nothing secret in the address.
        The server pings every 15 s and hangs up when no pong came for 15 s more.
      </p>
      <pre>{UPGRADE}</pre>
      <ul>
        <li>
          A missing or foreign <code>Origin</code>: HTTP 400 with the text <code>origin-refused</code>; no
          WebSocket comes about.
        </li>
        <li>
          Other refusals come as CONNECT_ERROR, after which Socket.IO libraries do not try again by
          themselves: <code>44{JSON.stringify(HANDSHAKE_REFUSED)}</code>
        </li>
        <li>
          <code>unauthenticated</code>: stop, and sign in anew. <code>rate-limited</code>: this person has{' '}
          {LIMITS.socketsPerPerson} connections at this instance, or one WebSocket asked for its namespace
          more than three times; wait <code>retryAfterMs</code> and then the usual pause. Anything else: try
          again after the usual pause.
        </li>
      </ul>
      <h3>The usual pause</h3>
      <p>
        Half a second, doubled with each attempt in vain up to ten seconds, each time multiplied by a random
        number from 0.5 to 1.5, so that a crowd spreads. A server that hangs up (Socket.IO: &quot;io server
        disconnect&quot;) is called again after it, too.
      </p>
      <h3>How a connection ends</h3>
      <ul>
        <li>
          <code>go_away</code>: the instance is stopping. Hang up, and connect again after{' '}
          <code>delayMs</code>. Until then it answers everything with <code>unavailable</code>.
        </li>
        <li>
          <code>signed-out</code>, then the server hangs up: the sign-in ended. Do not connect again with this
          cookie.
        </li>
        <li>
          Without a word: a reader with more than 256 packets or 1 MB of text waiting for it is sent away at
          once, and so is one whose place in the server could not be watched. Connect again and resume:
          nothing is lost.
        </li>
        <li>
          A frame over {LIMITS.frameBytes.toLocaleString('en')} bytes, or one that is no Socket.IO packet,
          ends the connection without an answer. Measure before sending. In the other direction there is no
          such bound: an answer with {LIMITS.catchUpEvents.toLocaleString('en')} events can have many
          megabytes, so raise the limit of your WebSocket library.
        </li>
      </ul>
      <h3>Requests and answers</h3>
      <p>
        A request is a Socket.IO event with one argument and an acknowledgement; the acknowledgement carries
        one argument too: <code>{'{"ok":true, …}'}</code> or a refusal{' '}
        <code>{'{"ok":false,"retry":…,"error":{…}}'}</code>. Always ask for it: a refused request without one
        is dropped in silence. An answer that takes longer than 10 s counts as none, and so does one that was
        still due when the connection ended. Unknown fields in a request are refused (<code>validation</code>
        ); in what the server says, ignore fields and events you do not know.
      </p>
      <p>
        A socket may send 50 packets a second, and 200 at once after a rest. Beyond that it gets{' '}
        <code>rate-limited</code>: wait <code>retryAfterMs</code> and up to a quarter more, at random.
      </p>
    </>
  );
}

/** Joining, applying events in order, finding holes, starting anew. */
export function Following(): ReactElement {
  return (
    <>
      <h2 id="following">Following a workspace</h2>
      <p>
        A workspace has the id of its task. It is found on a board: <code>board.join</code> with the scope{' '}
        <code>person:&lt;own id&gt;</code> is always allowed, and its rows carry <code>taskId</code>. In
        frames of events, in the events themselves and in acknowledgements the same id is called{' '}
        <code>streamId</code>.
      </p>
      <h3>Cursor</h3>
      <p>
        The history of a workspace is numbered 1, 2, 3 … without a hole (<code>seq</code>). <code>epoch</code>{' '}
        says which history it is: it changes when the database was restored from a backup, and numbers of
        different epochs have nothing to do with each other. Epoch and number of the last event applied are
        the cursor.
      </p>
      <h3>Join</h3>
      <ul>
        <li>
          After each connect, before anything else: <code>workspace.join</code>, with the cursor as{' '}
          <code>since</code> if there is one. One join at a time for each workspace; at most{' '}
          {LIMITS.workspacesPerSocket} workspaces a connection. Joining again is how to ask for what is
          missing.
        </li>
        <li>
          <code>up-to-date</code>: nothing happened. <code>events</code>: what was missed, up to{' '}
          <code>head</code>; take them as below. <code>reset</code>: the cursor was absent, of another epoch,
          ahead of the server, or more than {LIMITS.catchUpEvents.toLocaleString('en')} events behind. Replace
          everything by <code>snapshot.state</code>; the cursor is then <code>snapshot.epoch</code> and{' '}
          <code>snapshot.state.seq</code>.
        </li>
        <li>
          Live events may come before the answer, and events of the answer may come again live. Hold what
          comes from the sending of the join on. If, of the same epoch, events arrived meanwhile that carried
          the cursor past the snapshot&apos;s number, keep what you have.
        </li>
        <li>
          <code>not-found</code>: the workspace is not there for this person. With <code>retry: true</code>,
          or no answer: join again after the usual pause. The same when an answer leaves a hole and brought
          nothing.
        </li>
      </ul>
      <h3>Taking events</h3>
      <ol>
        <li>
          Only the event numbered cursor + 1, of the cursor&apos;s epoch, is applied; then the cursor is that.
        </li>
        <li>Lower numbers are known: drop them.</li>
        <li>
          Higher ones are early: hold them (at most 500; drop what is beyond), and apply those whose turn has
          come after each step.
        </li>
        <li>
          A type you do not know, and <code>withheld</code>, count like any other: the cursor goes on.
        </li>
        <li>
          Anything of another epoch, in events, beacon or answer: forget what is held and the highest number
          heard of the old one; hold the new, and join with the old cursor. The answer is a reset.
        </li>
      </ol>
      <h3>Holes</h3>
      <p>
        Remember the highest number heard of: of events, of <code>workspace.head</code>, of <code>head</code>{' '}
        in a join&apos;s answer, and of the acknowledgements of own commands. When it is above the cursor for
        150 ms without the cursor moving, join again with the cursor; at once when 500 are held.{' '}
        <code>workspace.head</code> is a beacon: about a second after the last event, twice more, then every
        fifteenth second or so. It may get lost; the next one comes.
      </p>
      <h3>Rights</h3>
      <ul>
        <li>
          <code>workspace.rights</code> replaces the rights of the last join. They are for the screen; the
          server checks each request.
        </li>
        <li>
          <code>workspace.closed</code> with <code>removed</code>: nothing more follows; take away what is
          shown. With <code>rights</code>: more or less may be read than before; drop state and cursor, and
          join without <code>since</code>.
        </li>
      </ul>
      <h3>What is no history</h3>
      <p>
        <code>presence.changed</code> and <code>typing</code> are not numbered and may get lost; drop them at
        every cut. <code>people: null</code>: not known at the moment. Say <code>typing</code> at most every 3
        s, show that of others for 5 s; your own does not come back to the connection it was said on.
      </p>
      <h3>Older messages</h3>
      <p>
        A snapshot has the newest page of one thread. <code>thread.page</code> gives the others: messages
        numbered by <code>no</code> within their thread, ascending, without a hole. Join pages and live events
        by <code>no</code>.
      </p>
      <h3>Boards</h3>
      <p>
        <code>board.join</code> answers with everything (<code>full</code>: replace, even when its version is
        lower) or with what changed after <code>since</code>: put <code>rows</code> by <code>taskId</code>,
        take away <code>removed</code>. <code>board.changed</code> fits when its <code>since</code> is the
        version you have; if not, and when <code>board.head</code> is higher, join again with your version.
        When a person may no longer see a scope its messages end without a word; the next join says{' '}
        <code>not-found</code>.
      </p>
    </>
  );
}

/** Commands: ids, repetition, order, and what must outlive a restart. */
export function Writing(): ReactElement {
  return (
    <>
      <h2 id="writing">Writing</h2>
      <h3>One wish, one id</h3>
      <ul>
        <li>
          The client makes <code>commandId</code>, a random UUID in small letters, once for each wish and
          keeps it with the wish before sending. <code>workspaceId</code> and <code>commandId</code> stand
          beside the command&apos;s own fields.
        </li>
        <li>
          <code>ok: true</code>: committed. <code>seq</code> is the number of its event. The event may come
          before or after the acknowledgement, and carries <code>commandId</code>: that is how to find
          one&apos;s own wish again. Text is stored in its normal form (NFC, <code>\n</code>, no blanks at the
          ends), so do not compare texts.
        </li>
        <li>
          No answer: the outcome is not known. Send the same content under the same id again, after a new
          connect and its join, or after the usual pause. The first answer comes back, with{' '}
          <code>dup: true</code>, from any instance and for ever. Once its event is applied, a resend is not
          needed.
        </li>
        <li>
          <code>retry: true</code>: the same again, after the usual pause. Give up on a command that got{' '}
          <code>internal</code> five times. <code>retry: false</code>: refused for good. The refusal is
          remembered too: who wants to try again, when something has changed, makes a new id.
        </li>
        <li>
          Other content (anything but <code>after</code>), or another command, under a known id is{' '}
          <code>command.reused</code>. Ids are per person.
        </li>
      </ul>
      <h3>Order</h3>
      <ul>
        <li>
          At most {LIMITS.inFlight} commands of a workspace are on their way at once, in the order of writing.
        </li>
        <li>
          A <code>message.post</code> that is sent while an earlier command of this person is unanswered names
          the nearest such as <code>after</code>. The server takes it only when that one is known to it;
          otherwise <code>command.out-of-order</code>, which is not remembered: send it again when the earlier
          one was answered, or right behind its resend. At each sending <code>after</code> is chosen anew, or
          left out when nothing earlier is unanswered: a command whose refusal was not remembered (
          <code>validation</code>) would never become known.
        </li>
        <li>
          All other commands have no <code>after</code>: wait until those before them are answered. The same
          goes for commands that were read from a store that another process may be sending from as well.
        </li>
      </ul>
      <h3>What must outlive a restart</h3>
      <p>
        The wishes that were not acknowledged: id, workspace, type, content, order of writing, and whose they
        are (another person on the same computer must not send them). The cursor may be forgotten: the next
        join is then a reset, whose newest messages carry their <code>commandId</code>. After seven days ask
        before sending.
      </p>
    </>
  );
}
