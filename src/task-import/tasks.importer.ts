import { Injectable } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import { dayOf } from '#libs/contracts';
import { fieldProblems } from '../http/field-problems.js';
import { OrganizationService } from '../organization/organization.service.js';
import {
  FileProblem,
  Reporting,
  type Fault,
  type Importer,
  type ImportOptions,
  type ImportReport,
} from '../organization/import/import.module.js';
import { TaskFile, TaskInFile } from './task-file.js';
import { TaskFaults } from './task-faults.js';
import { People } from './people.js';
import { scriptOf, shifted } from './task-script.js';
import { StepError, TaskWriter } from './task-writer.js';

const MAX_BYTES = 64 * 1024 * 1024;

export interface TaskImportOptions extends ImportOptions {
  /** Moves every date of the file by so many days; only the demo's first start does. */
  shiftDays?: number;
}

/**
 * Tasks with team, milestones, discussion, decisions and status history, as one JSON file. Each task is replayed in
 * order of time through the services; `line` of the report counts tasks from 1. A task is refused as a whole when its
 * entry is wrong; the same file again changes nothing.
 */
@Injectable()
export class TasksImporter implements Importer {
  readonly kind = 'tasks';
  readonly title = 'Tugas lintas OPD dengan tim, tahapan, diskusi, keputusan dan riwayat (JSON)';

  constructor(
    private readonly organization: OrganizationService,
    private readonly writer: TaskWriter,
  ) {}

  async run(source: AsyncIterable<Uint8Array>, options: TaskImportOptions = {}): Promise<ImportReport> {
    const reporting = new Reporting(options);
    return reporting.around(async () => {
      const file = await readFile(source);
      const people = await People.load(this.organization, dayOf(new Date()));
      const faults = new TaskFaults(people, await this.organization.opds());
      for (const [i, raw] of file.tasks.entries()) {
        const line = i + 1;
        const read = await readTask(raw);
        const task = read instanceof TaskInFile ? shifted(read, options.shiftDays ?? 0) : null;
        const fault = task === null ? (read as Fault) : await faults.find(task);
        if (fault || task === null) reporting.refuse(line, fault ?? UNREADABLE);
        else await this.write(task, line, people, reporting, options.dryRun ?? false);
        reporting.progress();
      }
    });
  }

  private async write(
    task: TaskInFile,
    line: number,
    people: People,
    reporting: Reporting,
    dryRun: boolean,
  ): Promise<void> {
    try {
      const known = await this.writer.isKnown(task);
      if (dryRun) {
        reporting.accept(line, known ? 'unchanged' : 'added');
        return;
      }
      const written = await this.writer.write(task, scriptOf(task), people);
      reporting.accept(line, written === 0 ? 'unchanged' : known ? 'changed' : 'added');
    } catch (error) {
      if (!(error instanceof StepError)) throw error;
      reporting.refuse(line, {
        field: error.step,
        code: `STEP_${error.code.toUpperCase().replaceAll(/[^A-Z]+/g, '_')}`,
        reason: `Langkah "${error.step}" ditolak aturan Simpul (${error.code})`,
        remedy:
          'Perbaiki langkah itu lalu impor lagi; langkah sebelumnya sudah tersimpan dan tidak akan berulang.',
      });
    }
  }
}

const UNREADABLE: Fault = {
  field: '',
  code: 'TASK_UNREADABLE',
  reason: 'Tugas ini tidak dapat dibaca',
  remedy: 'Periksa susunan berkas.',
};

async function readFile(source: AsyncIterable<Uint8Array>): Promise<TaskFile> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > MAX_BYTES)
      throw unusable('FILE_TOO_LARGE', 'Berkas lebih besar dari 64 MB', 'Pecah menjadi beberapa berkas.');
    chunks.push(chunk);
  }
  let json: unknown;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
    json = JSON.parse(text);
  } catch {
    throw unusable('FILE_NOT_JSON', 'Berkas bukan JSON dalam UTF-8', 'Simpan ulang sebagai JSON (UTF-8).');
  }
  const file = plainToInstance(TaskFile, typeof json === 'object' && json !== null ? json : {});
  const [problem] = fieldProblems(await validate(file));
  if (problem) {
    throw unusable(
      'FILE_SHAPE',
      `Bagian "${problem.field}" tidak ada atau salah bentuk`,
      'Berkas harus berisi "meta" dan daftar "tasks".',
    );
  }
  return file;
}

/** Only named fields are read: others of the file belong to features that read them themselves. */
async function readTask(raw: object): Promise<TaskInFile | Fault> {
  const task = plainToInstance(TaskInFile, raw);
  const [problem] = fieldProblems(await validate(task, { stopAtFirstError: true }));
  if (!problem) return task;
  return {
    field: problem.field,
    code: `TASK_${problem.rule.toUpperCase().replaceAll('-', '_')}`,
    reason: `Isi "${problem.field}" kosong atau salah bentuk`,
    remedy: 'Perbaiki isi bagian itu sesuai contoh berkas.',
  };
}

function unusable(code: string, reason: string, remedy: string): FileProblem {
  return new FileProblem({ line: 1, field: '', code, reason, remedy });
}
