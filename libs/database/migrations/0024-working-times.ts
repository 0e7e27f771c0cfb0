import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When the city and its units work, from a day to a day. Assumed office hours of the city are there to begin with. */
export class WorkingTimes1764000000024 implements MigrationInterface {
  name = 'WorkingTimes1764000000024';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE working_times (
        id uuid PRIMARY KEY,
        -- Null: every unit that has none of its own.
        opd_id uuid REFERENCES opds (id),
        kind text NOT NULL CHECK (kind IN ('ORDINARY', 'RAMADAN')),
        pattern text NOT NULL CHECK (pattern IN ('FIVE_DAY', 'SIX_DAY', 'SHIFT')),
        valid_from date NOT NULL,
        valid_to date,
        zone text NOT NULL CHECK (zone IN ('Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura')),
        -- Monday to Sunday, each like '07:15-12:00, 13:00-16:00'; empty is a free day.
        hours text[] NOT NULL CHECK (cardinality(hours) = 7),
        works_on_holidays boolean NOT NULL,
        works_on_joint_leave boolean NOT NULL,
        -- Null: by an import, or assumed.
        added_by uuid REFERENCES persons (id),
        added_at timestamptz NOT NULL DEFAULT now(),
        ended_by uuid REFERENCES persons (id),
        ended_at timestamptz,
        CHECK (valid_to IS NULL OR valid_to >= valid_from),
        CHECK (kind = 'ORDINARY' OR valid_to IS NOT NULL)
      );
      -- The city has Ramadan hours for each pattern; everything else is once for whoever it is about.
      CREATE UNIQUE INDEX working_times_begin ON working_times
        (opd_id, kind, (CASE WHEN opd_id IS NULL AND kind = 'RAMADAN' THEN pattern ELSE '' END), valid_from)
        NULLS NOT DISTINCT;
      INSERT INTO working_times
        (id, kind, pattern, valid_from, zone, hours, works_on_holidays, works_on_joint_leave)
      VALUES (gen_random_uuid(), 'ORDINARY', 'FIVE_DAY', '2000-01-01', 'Asia/Jakarta',
        ARRAY ['07:15-12:00, 13:00-16:00', '07:15-12:00, 13:00-16:00', '07:15-12:00, 13:00-16:00',
          '07:15-12:00, 13:00-16:00', '07:15-11:30, 13:30-16:00', '', ''], false, false)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE working_times');
  }
}
