import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { DataSource } from 'typeorm';
import type { Room } from '#libs/client';
import type { WorkspaceEvent } from '#libs/contracts';
import { dataSourceOptions, readEvents } from '#libs/database';
import { startCluster, type Cluster } from '../support/cluster.js';
import { CutLine } from '../support/cut-line.js';
import { everybodyLeaves, official, seen, type Official } from '../support/official.js';
import { freshDatabase } from '../support/postgres.js';
import { PYTHON } from '../support/programs.js';
import { until } from '../support/until.js';

const PASSWORD = 'uji-bahasa-lain';
const TASK = 'TGS-2026-0001';
const MEANWHILE = 'Sementara itu.';
const END = 'Selesai.';
const MESSAGES = 20;

interface Report {
  connections: number;
  joins: string[];
  resent: number;
  repeated: number;
  refused: unknown[];
  events: WorkspaceEvent[];
}

let cluster: Cluster;
let line: CutLine;
let lead: Official;
let room: Room;
let other: ChildProcess | undefined;
/** What libs/client saw since it came in. */
const journal: WorkspaceEvent[] = [];

beforeAll(async () => {
  cluster = await startCluster({
    databaseUrl: await freshDatabase(),
    env: { SIMPUL_DEMO: '1', SIMPUL_DEMO_PASSWORD: PASSWORD },
  });
  line = await CutLine.before(cluster.url);
  lead = await official(cluster.apps[0]?.url ?? '', 'irwan.nasution@jambikota.example', PASSWORD);
  const board = lead.client.board(`person:${lead.session.person.id}`);
  const { rows } = await seen(board.view, ({ status }) => status === 'ready');
  room = lead.client.workspace([...rows.values()].find(({ code }) => code === TASK)?.taskId ?? '');
  await seen(room.view, ({ status }) => status === 'ready');
  room.journal.subscribe((entry) => {
    if (entry.kind === 'event') journal.push(entry.event);
  });
}, 180_000);

afterAll(async () => {
  other?.kill();
  everybodyLeaves();
  await line?.close();
  await cluster?.stop();
}, 60_000);

it('a client in Python, cut in the middle, sees what libs/client sees and the database has, once each', async () => {
  const threadId = room.view.get().state?.threads.at(-1)?.id ?? '';
  const bodies = () => journal.flatMap((e) => (e.type === 'message.posted' ? [e.data.message.body] : []));
  const fromPython = () => bodies().filter((body) => body.startsWith('Python'));

  // From its sixth acknowledgement on it hears nothing, while what it sends arrives: eight are in flight.
  line.deafen('"ok":true,"commandId"', 6);
  const ended = startOther();
  for (let n = 1; n <= MESSAGES; n++) room.send('message.post', { threadId, body: `PUPR ${n}` });
  await until(() => line.isDeaf, 60_000);
  await journaled(() => fromPython().length >= 8);
  // The eight may all have been in a frame that it still heard: this one it cannot have.
  room.send('message.post', { threadId, body: MEANWHILE });
  await journaled(() => bodies().includes(MEANWHILE));
  line.cut();

  await journaled(() => fromPython().length === MESSAGES);
  room.send('message.post', { threadId, body: END });
  const report = await ended;
  await journaled(() => bodies().includes(END));

  expect(report.refused).toEqual([]);
  expect(report.connections).toBe(2);
  const served = line.firstAnswers.flatMap((text) => servedBy(text) ?? []);
  expect(served).toHaveLength(2);
  expect(new Set(served)).toEqual(new Set(['app1', 'app2']));
  expect(report.joins[0]).toBe('reset');
  expect(report.joins.slice(1)).toContain('events');
  expect(report.joins.slice(1)).not.toContain('reset');
  expect(report.resent).toBeGreaterThanOrEqual(1);
  expect(report.repeated).toBeGreaterThanOrEqual(1);

  const stored = await storedAfter(room.workspaceId, (journal[0]?.seq ?? 0) - 1);
  expect(journal).toEqual(stored);
  expect(report.events).toEqual(stored.slice(stored.length - report.events.length));
  expect(report.events.length).toBeGreaterThanOrEqual(MESSAGES);
  const inOrder = Array.from({ length: MESSAGES }, (_, i) => `Python ${i + 1}`);
  expect(fromPython()).toEqual(inOrder);
}, 120_000);

/** Waits for what libs/client has applied. */
function journaled(fits: () => boolean, ms = 60_000): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not within ${ms} ms: ${JSON.stringify(journal)}`)), ms);
    const look = (): void => {
      if (!fits()) return;
      clearTimeout(timer);
      end();
      resolve();
    };
    const end = room.journal.subscribe(look);
    look();
  });
}

/** Which instance HAProxy chose, when the answer opened a WebSocket. */
function servedBy(answer: string): string | undefined {
  return answer.startsWith('HTTP/1.1 101') ? /^x-served-by: (\w+)/im.exec(answer)?.[1] : undefined;
}

async function startOther(): Promise<Report> {
  const script = fileURLToPath(new URL('other-client.py', import.meta.url));
  const who = ['--login', 'yudi.simanjuntak@jambikota.example', '--task', TASK];
  const what = ['--post', String(MESSAGES), '--until', END];
  const child = spawn(PYTHON, [script, '--url', line.url, '--origin', cluster.url, ...who, ...what], {
    env: { ...process.env, SIMPUL_PASSWORD: PASSWORD },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  other = child;
  let said = '';
  let complaint = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`the other client ended with ${code}\n${complaint}`);
  return JSON.parse(said) as Report;
}

async function storedAfter(workspaceId: string, seq: number): Promise<WorkspaceEvent[]> {
  const source = await new DataSource(dataSourceOptions(cluster.databaseUrl, 1)).initialize();
  try {
    return (await readEvents(
      source.manager,
      workspaceId,
      seq,
      Number.MAX_SAFE_INTEGER,
      10_000,
    )) as WorkspaceEvent[];
  } finally {
    await source.destroy();
  }
}
