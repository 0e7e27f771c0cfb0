import { STATUS_RULES } from '#libs/contracts';
import type { Fault } from '../organization/import/import.module.js';
import type { People } from './people.js';
import type { PersonInFile, TaskInFile } from './task-file.js';

/** What is wrong with a task beyond the form of its fields, found before anything is written. */
export class TaskFaults {
  private readonly opdCodes: ReadonlySet<string>;

  constructor(
    private readonly people: People,
    opds: readonly { code: string }[],
  ) {
    this.opdCodes = new Set(opds.map((opd) => opd.code));
  }

  async find(task: TaskInFile): Promise<Fault | null> {
    return (
      this.unknownOpd(task) ?? (await this.unknownPerson(task)) ?? brokenHistory(task) ?? brokenReply(task)
    );
  }

  private unknownOpd(task: TaskInFile): Fault | null {
    const codes: [string, string][] = [
      ['coordinating_opd', task.coordinating_opd],
      ...task.supporting_opds.map((opd, i): [string, string] => [`supporting_opds.${i}`, opd.opd_code]),
      ...task.milestones.map((m, i): [string, string] => [`milestones.${i}`, m.opd_code]),
    ];
    const wrong = codes.find(([, code]) => !this.opdCodes.has(code));
    return wrong
      ? {
          field: wrong[0],
          code: 'OPD_UNKNOWN',
          reason: `Kode OPD ${wrong[1]} tidak dikenal`,
          remedy: 'Periksa kode pada daftar OPD, atau impor daftar OPD lebih dahulu.',
        }
      : null;
  }

  private async unknownPerson(task: TaskInFile): Promise<Fault | null> {
    const named: [string, PersonInFile][] = [
      ['steering', task.steering],
      ['team_lead', task.team_lead],
      ...task.members.map((person, i): [string, PersonInFile] => [`members.${i}`, person]),
      ...task.status_history.map((change, i): [string, PersonInFile] => [
        `status_history.${i}.by`,
        change.by,
      ]),
      ...task.decisions.flatMap((d, i): [string, PersonInFile][] => [
        [`decisions.${i}.decided_by`, d.decided_by],
        [`decisions.${i}.requested_by`, d.requested_by],
      ]),
      ...task.threads.flatMap((thread, i) =>
        thread.messages.map((m, j): [string, PersonInFile] => [
          `threads.${i}.messages.${j}.author`,
          m.author,
        ]),
      ),
    ];
    for (const [field, person] of named) {
      if (await this.people.find(person)) continue;
      return {
        field,
        code: 'PERSON_UNKNOWN',
        reason: 'Pegawai yang disebut di bagian ini belum ada di Simpul',
        remedy: 'Periksa NIP-nya, atau impor daftar pegawai lebih dahulu.',
      };
    }
    return null;
  }
}

function brokenHistory({ status, status_history: history }: TaskInFile): Fault | null {
  const broken = history.findIndex((change, i) => {
    const before = history[i - 1];
    if (!before) return change.from !== null || change.to !== 'DRAFT';
    return (
      change.from !== before.to ||
      STATUS_RULES[before.to].next[change.to] === undefined ||
      Date.parse(change.at) < Date.parse(before.at)
    );
  });
  if (history.length > 0 && broken < 0 && history.at(-1)?.to === status) return null;
  return {
    field: broken < 0 ? 'status' : `status_history.${broken}`,
    code: 'STATUS_HISTORY',
    reason:
      broken < 0
        ? 'Status terakhir pada riwayat berbeda dengan status tugas'
        : 'Perpindahan status ini tidak diizinkan atau tidak berurutan',
    remedy:
      'Riwayat harus mulai dari DRAFT dan mengikuti urutan status yang berlaku sampai status tugas sekarang.',
  };
}

function brokenReply(task: TaskInFile): Fault | null {
  for (const [i, thread] of task.threads.entries()) {
    const earlier = new Set<string>();
    for (const [j, message] of thread.messages.entries()) {
      if (message.reply_to && !earlier.has(message.reply_to)) {
        return {
          field: `threads.${i}.messages.${j}.reply_to`,
          code: 'REPLY_UNKNOWN',
          reason: 'Balasan ini menunjuk pesan yang tidak ada sebelumnya di utas yang sama',
          remedy: 'Perbaiki atau kosongkan reply_to.',
        };
      }
      earlier.add(message.id);
    }
  }
  return null;
}
