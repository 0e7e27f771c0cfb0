import type { FollowLevel, NoticeReason } from '#libs/contracts';
import { numberWords } from './dates.js';

const n = (value: number) => numberWords(value, 'id');

/** What a row tells: who did the latest of it, what it is about, how often it happened. */
export type NoticeSentence = (actor: string, topic: string, count: number) => string;

const sentences: Record<NoticeReason, NoticeSentence> = {
  DECISION_OVERDUE: (_, topic) => `Belum diputuskan sampai tenggat, dinaikkan kepada Bapak/Ibu: “${topic}”`,
  DECISION_REMINDED: (_, topic) => `Pengingat: masih menunggu keputusan Bapak/Ibu: “${topic}”`,
  DECISION_WAITING: (actor, topic) => `${actor} meminta keputusan Bapak/Ibu: “${topic}”`,
  CLARIFICATION_WAITING: (actor, topic) => `${actor} meminta penjelasan Bapak/Ibu tentang “${topic}”`,
  ACCEPTANCE_WAITING: (_, topic) => `Kesediaan ${topic} untuk ikut dalam tugas ini diminta`,
  HANDOVER_WAITING: (actor, topic) =>
    `Serah terima “${topic}” menunggu langkah Bapak/Ibu, terakhir dari ${actor}`,
  DRAFT_WAITING: (actor) => `${actor} menyiapkan draf tugas ini. Usulkan, atau batalkan`,
  MENTIONED: (actor, topic) => `${actor} menyebut Bapak/Ibu dalam “${topic}”`,
  ASSIGNED: (actor) => `${actor} menugaskan Bapak/Ibu dalam tugas ini`,
  MILESTONE_RETURNED: (actor, topic) => `${actor} mengembalikan tahapan “${topic}” untuk dilengkapi`,
  REPLIED: (actor, topic) => `${actor} membalas pesan Bapak/Ibu dalam “${topic}”`,
  DECISION_MADE: (actor, topic) => `${actor} menetapkan keputusan “${topic}”`,
  DECISION_EXTENDED: (actor, topic) => `${actor} memperpanjang tenggat keputusan “${topic}”`,
  ACCEPTANCE_ANSWERED: (_, topic) => `${topic} sudah menjawab permintaan kesediaan`,
  HANDOVER_MOVED: (actor, topic) => `${actor} melanjutkan serah terima “${topic}”`,
  PUBLIC_UPDATE_REVIEWED: (actor) => `${actor} memeriksa kabar Bapak/Ibu untuk warga`,
  STATUS_CHANGED: (actor) => `${actor} mengubah status tugas`,
  MILESTONE_DONE: (actor, topic) => `${actor} menyelesaikan tahapan “${topic}”`,
  FILE_ADDED: (actor, _, count) =>
    count === 1 ? `${actor} menambahkan berkas` : `${n(count)} berkas baru, terakhir dari ${actor}`,
  THREAD_RESOLVED: (actor, topic) => `${actor} menutup topik “${topic}” dengan simpulan`,
  MESSAGES: (actor, topic, count) =>
    count === 1
      ? `${actor} menulis dalam “${topic}”`
      : `${n(count)} pesan baru dalam “${topic}”, terakhir dari ${actor}`,
  THREAD_OPENED: (actor, topic) => `${actor} membuka topik “${topic}”`,
};

const levels: Record<FollowLevel, string> = {
  ALL: 'Semua kabar',
  IMPORTANT: 'Yang penting',
  QUIET: 'Hanya yang ditujukan kepada saya',
};

export const inbox = {
  title: 'Kotak Masuk',
  lead: 'Yang ditujukan kepada Bapak/Ibu, satu baris untuk setiap tugas dan pokok bahasan.',
  action: 'Perlu tindakan',
  info: 'Untuk diketahui',
  actionEmpty: 'Tidak ada yang menunggu tindakan Bapak/Ibu.',
  empty: 'Semua sudah dibaca.',
  emptyNext: 'Kabar baru muncul di sini dengan sendirinya.',
  failed: 'Kotak Masuk belum dapat dimuat.',
  offline:
    'Belum tersambung. Yang ditampilkan adalah isi terakhir; pilihan Bapak/Ibu dijalankan saat tersambung.',
  sentences,
  due: (day: string) => `tenggat ${day}`,
  fresh: (count: number) => `${n(count)} kabar baru`,
  done: 'Selesai',
  doneOf: (what: string) => `Selesai: ${what}`,
  later: 'Nanti',
  laterOf: (what: string) => `Nanti: ${what}`,
  laterChoices: {
    noon: 'Siang ini pukul 13.00',
    tomorrow: 'Besok pagi pukul 08.00',
    monday: 'Senin pukul 08.00',
  },
  laterPick: 'Pilih tanggal dan jam',
  laterSet: 'Ingatkan pada waktu itu',
  laterWrong: 'Pilih waktu yang akan datang, paling lama setahun.',
  markedDone: 'Ditandai selesai.',
  markedLater: (when: string) => `Muncul lagi ${when}.`,
  refused: 'Baris ini sudah tidak ada atau bukan lagi milik Bapak/Ibu.',
  clearInfo: (count: number) => `Tandai ${n(count)} kabar selesai`,
  cleared: (count: number) => `${n(count)} kabar ditandai selesai.`,
  more: 'Tampilkan yang lebih lama',
  archive: { LATER: 'Nanti', DONE: 'Selesai' },
  archiveEmpty: { LATER: 'Tidak ada yang disimpan untuk nanti.', DONE: 'Belum ada yang ditandai selesai.' },
  until: (when: string) => `muncul lagi ${when}`,
  putBack: 'Kembalikan',
  putBackOf: (what: string) => `Kembalikan: ${what}`,
  levels,
};
