import type { CatchUpSection } from '#libs/contracts';
import { numberWords } from './dates.js';

const n = (value: number) => numberWords(value, 'id');

const sections: Record<CatchUpSection, string> = {
  DECISIONS: 'Keputusan',
  STATUS: 'Status dan tim',
  MINE: 'Ditujukan kepada Bapak/Ibu',
  DATES: 'Jadwal dan tahapan',
  FILES: 'Berkas',
  TALK: 'Pesan menurut topik',
};

const counts: Record<CatchUpSection, (count: number) => string> = {
  DECISIONS: (count) => `${n(count)} keputusan`,
  STATUS: (count) => `${n(count)} perubahan status atau tim`,
  MINE: (count) => `${n(count)} untuk Bapak/Ibu`,
  DATES: (count) => `${n(count)} perubahan jadwal`,
  FILES: (count) => `${n(count)} berkas`,
  TALK: (count) => `${n(count)} pesan belum dibaca`,
};

/** Across all tasks: what happened in each since the last visit. */
export const catchUp = {
  title: 'Kejar ketinggalan',
  lead: 'Yang berubah di tugas Bapak/Ibu sejak kunjungan terakhir, satu baris untuk setiap tugas.',
  home: 'Yang berubah sejak kunjungan terakhir',
  sections,
  counts,
  moreChanges: 'dan perubahan yang lebih lama',
  seeAll: (count: number) => `Lihat semua ${n(count)} tugas`,
  more: 'Yang tampil adalah tugas dengan kabar terbaru.',
  empty: 'Tidak ada yang terlewat.',
  emptyNext: 'Bapak/Ibu sudah mengikuti kabar terakhir di semua tugas.',
  failed: 'Kabar yang terlewat belum dapat dimuat.',
  offline: 'Belum tersambung. Yang tampil adalah isi terakhir.',
  waiting: 'Perangkat belum tersambung. Daftar ini dimuat begitu tersambung.',
};
