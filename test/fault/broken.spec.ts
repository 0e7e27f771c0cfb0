import { appendMessages } from '../../libs/database/migrations/0010-append-messages.js';
import { isClean, type Verdict } from './checker.js';
import { play, type Scenario, type Scene } from './scenario.js';
import { PEOPLE } from './scenarios/people.js';
import { TWIN_COMMANDS } from './scenarios/twins.js';
import { SEED } from './size.js';
import { World, type Sabotage } from './world.js';

let world: World;

beforeAll(async () => {
  world = await World.start({ instances: 2, people: 4, preload: ['control.mjs', 'broken.mjs'] });
}, 120_000);

afterAll(() => world?.stop(), 60_000);

interface Broken {
  what: string;
  /** What the checker has to find. */
  finds: keyof Omit<Verdict, 'acked' | 'convergeMs' | 'late'>;
  wish?: Sabotage;
  sql?: (task: string) => string;
  undo?: string;
  scenario?: Scenario;
}

const removal = PEOPLE.find(({ fault }) => fault.includes('removed'));

const RIGHT_APPENDING = appendMessages('CREATE OR REPLACE FUNCTION', 'mentions');

/** The hot door with one of its questions answered wrongly. */
function appending(question: string, answer: string): string {
  if (!RIGHT_APPENDING.includes(question)) throw new Error(`the hot door does not ask: ${question}`);
  return RIGHT_APPENDING.replace(question, answer);
}

const BROKEN: Broken[] = [
  {
    what: 'that neither looks for a command it knows nor has their unique key',
    finds: 'duplicated',
    sql: () => `${appending('c.actor_id = i.actor_id AND c.command_id = i.command_id', 'false')};
      ALTER TABLE command DROP CONSTRAINT command_pkey`,
    undo: `${RIGHT_APPENDING}; DELETE FROM command a USING command b
             WHERE a.ctid < b.ctid AND a.actor_id = b.actor_id AND a.command_id = b.command_id;
           ALTER TABLE command ADD PRIMARY KEY (actor_id, command_id)`,
    scenario: TWIN_COMMANDS,
  },
  {
    what: 'with numbers from a sequence',
    finds: 'lost',
    sql: (task) => `
      CREATE SEQUENCE broken_numbers;
      SELECT setval('broken_numbers', seq) FROM stream_head WHERE id = '${task}';
      CREATE FUNCTION broken_number() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        FOR i IN 1 .. NEW.seq - OLD.seq LOOP NEW.seq := nextval('broken_numbers'); END LOOP;
        -- What may happen to any transaction; a sequence does not go back with it.
        IF NEW.seq % 7 = 0 THEN RAISE EXCEPTION 'rolled back' USING ERRCODE = '40001'; END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER broken_number BEFORE UPDATE OF seq ON stream_head FOR EACH ROW
        WHEN (NEW.id = '${task}') EXECUTE FUNCTION broken_number()`,
    undo: `DROP TRIGGER broken_number ON stream_head; DROP FUNCTION broken_number; DROP SEQUENCE broken_numbers`,
  },
  { what: 'that publishes before the commit', finds: 'phantom', wish: { broken: 'publish before commit' } },
  {
    what: 'that acknowledges before the commit',
    finds: 'lost',
    wish: { broken: 'acknowledge before commit' },
  },
  {
    what: 'whose hub does not look at numbers',
    finds: 'duplicated',
    wish: { broken: 'hub does not look at numbers', hints: { twice: 1 } },
  },
  {
    what: 'that lets removed members write for a while',
    finds: 'leaked',
    sql: () => appending('(versions ->> wish.stream_id::text)::int IS DISTINCT FROM wish.acl', 'false'),
    undo: RIGHT_APPENDING,
    scenario: removal,
  },
  {
    what: 'that leaves removed members in the room',
    finds: 'leaked',
    wish: { broken: 'removed members stay in the room' },
    scenario: removal,
  },
];

it.each(BROKEN.map((broken) => [broken.what, broken.finds, broken] as const))(
  'a server %s is found out: %s',
  async (what, finds, { wish = {}, sql, undo, scenario }) => {
    const sabotaged = async (scene: Scene): Promise<void> => {
      if (sql) await world.source.query(sql(scene.task));
      for (const i of world.cluster.apps.keys()) await world.sabotage(i, wish);
      await scenario?.act(scene);
      // Long enough for every broken way to have gone wrong, and only then it is good again.
      await scene.written(25);
    };
    try {
      const verdict = await play(
        world,
        { fault: `broken: ${what}`, act: sabotaged, quiet: scenario?.quiet },
        SEED,
        { writers: 2, each: 40, settleMs: 1_500 },
      );
      expect(verdict[finds]).not.toEqual([]);
      expect(isClean(verdict)).toBe(false);
    } finally {
      for (const i of world.cluster.apps.keys()) await world.sabotage(i, {});
      if (undo) await world.source.query(undo);
    }
  },
  120_000,
);

it('a server that only could be broken is not found guilty', async () => {
  const verdict = await play(
    world,
    { fault: 'broken: not at all', act: (scene) => scene.written(20) },
    SEED,
    { writers: 2, each: 40 },
  );
  expect(isClean(verdict)).toBe(true);
}, 120_000);
