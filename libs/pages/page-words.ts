import type { Day, Instant, PublicLabel, PublicPageView } from '#libs/contracts';
import { jakartaDay, type Language } from '#libs/content';

const LOCALES: Record<Language, string> = { id: 'id-ID', en: 'en-GB' };

function dates(language: Language, at: string) {
  const options = { day: 'numeric', month: 'long', year: 'numeric' } as const;
  const jakarta = new Intl.DateTimeFormat(LOCALES[language], { ...options, timeZone: 'Asia/Jakarta' });
  const calendar = new Intl.DateTimeFormat(LOCALES[language], { ...options, timeZone: 'UTC' });
  const clock = new Intl.DateTimeFormat(LOCALES[language], {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'Asia/Jakarta',
  });
  const time = (moment: Instant) => clock.format(new Date(moment)).replace(':', '.');
  const dayOf = (moment: Instant) => jakarta.format(new Date(moment));
  return {
    /** `20 Desember 2026` */
    day: (day: Day) => calendar.format(new Date(`${day}T00:00:00Z`)),
    dayOf,
    time,
    /** `24 November 2026 pukul 10.30 WIB` */
    moment: (moment: Instant) => `${dayOf(moment)} ${at} ${time(moment)} WIB`,
  };
}

/** What a public label means to the page; `other` is a word of another version of the vocabulary. */
export type PublicState = 'planned' | 'running' | 'held' | 'done' | 'cancelled' | 'other';

const STATES: Readonly<Record<PublicLabel, PublicState>> = {
  Direncanakan: 'planned',
  'Sedang dikerjakan': 'running',
  Ditunda: 'held',
  Selesai: 'done',
  Dibatalkan: 'cancelled',
};

export function stateOf(label: string): PublicState {
  return Object.hasOwn(STATES, label) ? STATES[label as PublicLabel] : 'other';
}

export function isOverdue({ statusLabel, dueDate }: PublicPageView, today: Day = jakartaDay()): boolean {
  const state = stateOf(statusLabel);
  return dueDate !== null && dueDate < today && (state === 'running' || state === 'planned');
}

const number = (language: Language) => {
  const format = new Intl.NumberFormat(LOCALES[language]);
  return (value: number) => format.format(value);
};

const n = number('id');
const date = dates('id', 'pukul');

/** The words of the citizens' pages in Indonesian; every other language must satisfy their type. */
export const id = {
  language: 'id' as Language,
  date,
  prefix: '',
  label: (label: string) => label,
  /** The state of a work in one sentence. */
  sentence(page: PublicPageView, today: Day = jakartaDay()): string {
    const { statusLabel, startDate, dueDate } = page;
    const due = dueDate && date.day(dueDate);
    const since = date.dayOf(page.statusSince);
    switch (stateOf(statusLabel)) {
      case 'planned': {
        const start = startDate && startDate > today ? date.day(startDate) : null;
        if (isOverdue(page, today)) return `Direncanakan. Perkiraan selesai ${due} sudah terlewati.`;
        if (start && due) return `Direncanakan. Mulai ${start}, perkiraan selesai ${due}.`;
        return `Direncanakan. ${due ? `Perkiraan selesai ${due}.` : 'Tanggal selesai belum ditetapkan.'}`;
      }
      case 'running':
        if (isOverdue(page, today)) return `Sedang dikerjakan. Perkiraan selesai ${due} sudah terlewati.`;
        return `Sedang dikerjakan. ${due ? `Perkiraan selesai ${due}.` : 'Tanggal selesai belum ditetapkan.'}`;
      case 'held':
        return `Ditunda sejak ${since}.`;
      case 'done':
        return `Selesai pada ${since}.`;
      case 'cancelled':
        return `Dibatalkan pada ${since}.`;
      case 'other':
        return `${statusLabel}.`;
    }
  },
  moved: (from: Day, to: Day) => `Perkiraan selesai berubah dari ${date.day(from)} menjadi ${date.day(to)}.`,
  site: 'Simpul Kota Jambi',
  skip: 'Langsung ke isi',
  otherLanguage: 'English',
  otherLanguageLabel: 'Read this page in English',
  staff: 'Masuk pegawai',
  footer: 'Halaman ini hanya memuat keterangan yang ditayangkan Pemerintah Kota Jambi untuk warga.',
  footerHelp: 'Keadaan darurat: hubungi 112. Pengaduan layanan: SP4N-LAPOR!.',
  list: {
    title: 'Pekerjaan Kota Jambi',
    description: 'Keadaan terbaru pekerjaan Pemerintah Kota Jambi, terbuka untuk semua warga.',
    lead: (count: number, updated: Instant | null) =>
      updated
        ? `${n(count)} pekerjaan terbuka. Terakhir diperbarui ${date.moment(updated)}.`
        : 'Belum ada pekerjaan yang ditayangkan.',
    found: (count: number) => `${n(count)} pekerjaan cocok.`,
    search: 'Cari pekerjaan',
    searchHint: 'Misalnya: drainase, jalan, pasar',
    district: 'Kecamatan',
    category: 'Bidang',
    status: 'Status',
    any: 'Semua',
    submit: 'Cari',
    clear: 'Lihat semua',
    results: 'Daftar pekerjaan',
    none: (filters: { typed: string; district: string }) =>
      filters.district && !filters.typed
        ? `Belum ada pekerjaan di Kecamatan ${filters.district} yang cocok.`
        : filters.typed
          ? `Tidak ditemukan pekerjaan untuk “${filters.typed}”.`
          : 'Belum ada pekerjaan yang cocok.',
    noneHint: 'Coba kata yang lebih umum atau kurangi saringan.',
    nothing: 'Pekerjaan yang ditayangkan akan muncul di halaman ini.',
    next: (title: string) => `Tahap berikutnya: ${title}`,
    updated: (moment: string) => `Diperbarui ${moment}`,
    pages: 'Halaman daftar',
    page: (page: number, of: number) => `Halaman ${n(page)} dari ${n(of)}`,
    older: 'Berikutnya',
    newer: 'Sebelumnya',
  },
  detail: {
    back: 'Semua pekerjaan',
    updated: 'Diperbarui',
    reload: 'Muat ulang',
    reloadHint: 'untuk melihat kabar terbaru.',
    changed: (sentence: string, time: string) => `Halaman ini baru diperbarui pukul ${time} WIB. ${sentence}`,
    facts: 'Keterangan',
    places: 'Lokasi',
    category: 'Bidang',
    program: 'Program unggulan',
    start: 'Mulai',
    due: 'Perkiraan selesai',
    originally: (day: string) => `semula ${day}`,
    opds: 'Siapa yang menjawab',
    coordinator: (name: string) => `${name} bertanggung jawab atas pekerjaan ini.`,
    supporting: 'Bekerja bersama:',
    updates: 'Kabar terbaru',
    noUpdates: 'Belum ada kabar.',
    stages: 'Tahapan',
    stagesDone: (done: number, all: number) => `${n(done)} dari ${n(all)} tahap selesai`,
    stageDone: 'Selesai',
    stageOpen: 'Belum selesai',
    doneOn: (day: string) => `selesai ${day}`,
    dueOn: (day: string) => `rencana ${day}`,
    questions: 'Pertanyaan warga',
    askedFrom: (place: string, day: string) => (place ? `Warga ${place}, ${day}` : `Warga, ${day}`),
    answered: (opd: string, day: string) => `Dijawab ${opd}, ${day}`,
    unanswered: 'Belum dijawab.',
    older: (count: number) => `Lihat ${n(count)} yang lebih lama`,
    archive: 'Semua kabar dan pertanyaan',
    saved: (moment: string) => `Server sedang sibuk. Ini salinan halaman pukul ${moment}.`,
  },
  notFound: {
    title: 'Halaman tidak ditemukan',
    text: 'Alamat ini tidak ada, atau pekerjaannya tidak ditayangkan untuk warga.',
    toList: 'Lihat semua pekerjaan',
  },
  failed: {
    title: 'Halaman sedang bermasalah',
    text: 'Mohon maaf. Silakan coba lagi beberapa saat lagi. Status terakhir tetap dapat dilihat di daftar pekerjaan.',
    toList: 'Buka daftar pekerjaan',
  },
  busy: {
    title: 'Halaman sedang ramai',
    text: 'Banyak warga membuka halaman ini. Silakan muat ulang beberapa saat lagi.',
  },
};

export type PageWords = typeof id;

export { dates, number };
