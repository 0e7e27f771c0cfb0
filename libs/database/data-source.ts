import type { Client } from 'pg';
import type { DataSourceOptions } from 'typeorm';
import { First1764000000001 } from './migrations/0001-first.js';
import { PublicSearch1764000000002 } from './migrations/0002-public-search.js';
import { SignInAttempts1764000000003 } from './migrations/0003-sign-in-attempts.js';
import { BoardsAnew1764000000004 } from './migrations/0004-boards-anew.js';
import { TalkBesideHistory1764000000006 } from './migrations/0006-talk-beside-history.js';
import { Talk1764000000007 } from './migrations/0007-talk.js';
import { ReadingAndInbox1764000000008 } from './migrations/0008-reading-and-inbox.js';
import { Files1764000000009 } from './migrations/0009-files.js';
import { AppendMessages1764000000010 } from './migrations/0010-append-messages.js';
import { AccessFacts1764000000011 } from './migrations/0011-access-facts.js';
import { AppendMentions1764000000017 } from './migrations/0017-append-mentions.js';
import { BoardsWhole1764000000018 } from './migrations/0018-boards-whole.js';
import { Visits1764000000019 } from './migrations/0019-visits.js';
import { PlacesEnd1764000000022 } from './migrations/0022-places-end.js';
import { MilestonesInTurn1764000000023 } from './migrations/0023-milestones-in-turn.js';
import { WorkingTimes1764000000024 } from './migrations/0024-working-times.js';
import { Decisions1764000000025 } from './migrations/0025-decisions.js';
import { Timers1764000000027 } from './migrations/0027-timers.js';
import { DecisionEffects1764000000028 } from './migrations/0028-decision-effects.js';
import { DecisionClocks1764000000029 } from './migrations/0029-decision-clocks.js';
import { Handovers1764000000030 } from './migrations/0030-handovers.js';
import { Summaries1764000000032 } from './migrations/0032-summaries.js';
import { MessagesStandAlone1764000000034 } from './migrations/0034-messages-stand-alone.js';

/** Oldest first. A schema changes only by adding here. */
export const MIGRATIONS = [
  First1764000000001,
  PublicSearch1764000000002,
  SignInAttempts1764000000003,
  BoardsAnew1764000000004,
  TalkBesideHistory1764000000006,
  Talk1764000000007,
  ReadingAndInbox1764000000008,
  Files1764000000009,
  AppendMessages1764000000010,
  AccessFacts1764000000011,
  AppendMentions1764000000017,
  BoardsWhole1764000000018,
  Visits1764000000019,
  PlacesEnd1764000000022,
  MilestonesInTurn1764000000023,
  WorkingTimes1764000000024,
  Decisions1764000000025,
  Timers1764000000027,
  DecisionEffects1764000000028,
  DecisionClocks1764000000029,
  Handovers1764000000030,
  Summaries1764000000032,
  MessagesStandAlone1764000000034,
];

/**
 * How every part of Simpul connects. Waits are bounded: 2 s for a connection or a lock, 5 s for a statement,
 * 10 s for an idle transaction. `url` may point at PgBouncer in transaction mode: nothing here needs a session.
 */
export function dataSourceOptions(url: string, poolSize = 8): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    synchronize: false,
    migrations: MIGRATIONS,
    migrationsTableName: 'migrations',
    poolSize,
    applicationName: 'simpul',
    connectTimeoutMS: 2_000,
    extra: {
      connectionTimeoutMillis: 2_000,
      idleTimeoutMillis: 60_000,
      statement_timeout: 5_000,
      lock_timeout: 2_000,
      idle_in_transaction_session_timeout: 10_000,
      query_timeout: 8_000,
      keepAlive: true,
      onConnect: heed,
    },
  };
}

/**
 * PostgreSQL may end a connection in the same breath in which it opens it. At that moment neither the pool nor TypeORM
 * listens, and an error event that nobody hears ends the process. Whoever is given the connection learns of it by
 * their next question.
 */
function heed(client: Client): void {
  client.on('error', () => undefined);
}
