import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { addDays, dayOf, type Day } from '#libs/contracts';
import { AuthService } from '../auth/auth.service.js';
import { OrganizationChanges } from '../organization/organization.module.js';
import { OrganizationService } from '../organization/organization.service.js';
import {
  HolidaysImporter,
  LeadersImporter,
  OpdsImporter,
  PeopleImporter,
  type Importer,
} from '../organization/import/import.module.js';
import { TasksImporter, type TaskImportOptions } from '../task-import/task-import.module.js';
import { WorkingTimesImporter } from '../working-time/working-time.module.js';
import { ACCOUNTS, ACTING, GRANTS } from './demo-cast.js';

const DATA = fileURLToPath(new URL('./data/', import.meta.url));
const SETTING = 'demo';
/** From when the sample's posts hold: before the first event of the sample. */
const POSTS_FROM: Day = '2025-01-01';
const LEASE_MS = 60_000;

interface DemoState {
  done: boolean;
  /** Whole weeks by which the sample's dates were moved. */
  shiftDays: number;
  /** Who is at it, and until when others believe so. */
  holder: string;
  until: string;
}

/** The demo city, made through the services like any import. Once; what a killed start left is finished by the next. */
@Injectable()
export class DemoSeed {
  private readonly me = randomUUID();

  constructor(
    private readonly source: DataSource,
    private readonly auth: AuthService,
    private readonly organization: OrganizationService,
    private readonly changes: OrganizationChanges,
    private readonly opds: OpdsImporter,
    private readonly people: PeopleImporter,
    private readonly leaders: LeadersImporter,
    private readonly holidays: HolidaysImporter,
    private readonly workingTimes: WorkingTimesImporter,
    private readonly tasks: TasksImporter,
  ) {}

  /** @param say a line for whoever waits at the terminal. @returns whether this start made the city */
  async seed(password: string, say: (line: string) => void): Promise<boolean> {
    const state = await this.claim();
    if (state.done) return false;
    say('Menyiapkan kota contoh… / Preparing the demo city…');
    await this.load(this.opds, 'opd-jambi.csv', { validFrom: POSTS_FROM });
    await this.load(this.people, 'asn-sample.csv', { validFrom: POSTS_FROM });
    await this.load(this.people, 'asn-sample-pppk.csv', { validFrom: POSTS_FROM });
    await this.load(this.leaders, 'leaders-sample.csv', { validFrom: POSTS_FROM });
    await this.load(this.holidays, 'holidays-2026.csv', {});
    await this.load(this.workingTimes, 'working-times.csv', {});
    const today = dayOf(new Date());
    await this.extend(state);
    await this.load(this.tasks, 'tasks-sample.json', { shiftDays: state.shiftDays });
    await this.extend(state);
    await this.giveRoles(today);
    for (const { email } of ACCOUNTS) await this.auth.createAccount(await this.personId(email), password);
    await this.save({ ...state, done: true });
    return true;
  }

  /** One of several starting instances makes the city, the others wait for it. */
  private async claim(): Promise<DemoState> {
    for (;;) {
      const state = await this.source.transaction(async (tx) => {
        const fresh = { done: false, shiftDays: await shiftToToday(), holder: this.me, until: lease() };
        await tx.query('INSERT INTO settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING', [
          SETTING,
          JSON.stringify(fresh),
        ]);
        const [row] = await tx.query<{ value: DemoState }[]>(
          'SELECT value FROM settings WHERE key = $1 FOR UPDATE',
          [SETTING],
        );
        const found = row?.value ?? fresh;
        if (found.done || found.holder === this.me) return found;
        if (Date.parse(found.until) > Date.now()) return null;
        // The days are those of the first attempt: what it wrote must fit what is still to come.
        const mine = { ...found, holder: this.me, until: lease() };
        await tx.query('UPDATE settings SET value = $2 WHERE key = $1', [SETTING, JSON.stringify(mine)]);
        return mine;
      });
      if (state) return state;
      await pause(1_000);
    }
  }

  private extend(state: DemoState): Promise<void> {
    return this.save({ ...state, until: lease() });
  }

  private async save(state: DemoState): Promise<void> {
    await this.source.query('UPDATE settings SET value = $2 WHERE key = $1', [
      SETTING,
      JSON.stringify(state),
    ]);
  }

  private async load(importer: Importer, file: string, options: TaskImportOptions): Promise<void> {
    const report = await importer.run(createReadStream(`${DATA}${file}`), options);
    const problem = report.stopped ?? report.problems[0];
    if (problem) throw new Error(`demo: ${file}:${problem.line} ${problem.field} ${problem.code}`);
  }

  private async giveRoles(today: Day): Promise<void> {
    for (const { email, role } of GRANTS) {
      await this.changes.grantRole({
        personId: await this.personId(email),
        role,
        opdId: null,
        validFrom: POSTS_FROM,
      });
    }
    const { plt, plh } = ACTING;
    await this.endPost(plt.leaving, addDays(today, -1));
    await this.act(plt.acting, plt, 'PLT', today, null);
    await this.act(plh.acting, plh, 'PLH', today, addDays(today, plh.days));
  }

  private async endPost(email: string, lastDay: Day): Promise<void> {
    const [row] = await this.source.query<{ id: string }[]>(
      'SELECT id FROM position_assignments WHERE person_id = $1 AND valid_to IS NULL LIMIT 1',
      [await this.personId(email)],
    );
    if (row) await this.changes.endPosition(row.id, lastDay);
  }

  private async act(
    email: string,
    post: { opd: string; title: string; kind: string },
    mode: 'PLT' | 'PLH',
    validFrom: Day,
    validTo: Day | null,
  ): Promise<void> {
    const personId = await this.personId(email);
    const held = await this.organization.positionsOf(personId, validFrom);
    if (held.some((position) => position.mode === mode)) return;
    await this.changes.assignPosition({
      personId,
      opdId: await this.opdId(post.opd),
      title: post.title,
      positionKind: post.kind,
      grade: null,
      mode,
      validFrom,
      validTo,
    });
  }

  private async personId(email: string): Promise<string> {
    const id = await this.organization.personIdByEmail(email);
    if (id === null) throw new Error('demo: an account of the cast is not in the sample');
    return id;
  }

  private async opdId(code: string): Promise<string> {
    const opd = await this.organization.opdByCode(code);
    if (!opd) throw new Error(`demo: ${code} is not in the sample`);
    return opd.id;
  }
}

function lease(): string {
  return new Date(Date.now() + LEASE_MS).toISOString();
}

/** Whole weeks from the sample's reference time to now: weekdays stay weekdays, and the city is alive today. */
async function shiftToToday(): Promise<number> {
  const { meta } = JSON.parse(await readFile(`${DATA}tasks-sample.json`, 'utf8')) as {
    meta: { reference_time: string };
  };
  const weeks = Math.floor((Date.now() - Date.parse(meta.reference_time) + 7 * 3_600_000) / (7 * 86_400_000));
  return Math.max(0, weeks) * 7;
}
