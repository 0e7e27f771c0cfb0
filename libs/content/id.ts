import type { Health, HealthReason, PositionMode, Priority, Role, Wait } from '#libs/contracts';
import { STATUS_RULES, TASK_STATUSES, type TaskStatus } from '#libs/contracts';
import { numberWords } from './dates.js';
import { errors, fields, rules } from './id-errors.js';
import { inbox } from './id-inbox.js';
import { catchUp } from './id-catch-up.js';

const n = (value: number) => numberWords(value, 'id');

const status = Object.fromEntries(TASK_STATUSES.map((code) => [code, STATUS_RULES[code].label])) as Record<
  TaskStatus,
  string
>;

const health: Record<Health, string> = {
  RED: 'Terlambat/kritis',
  YELLOW: 'Perlu perhatian',
  GREEN: 'Sesuai rencana',
  GREY: 'Belum/tidak berjalan',
};

const wait: Record<Wait['kind'], string> = {
  DECISION: 'Menunggu keputusan',
  ACCEPTANCE: 'Menunggu kesediaan OPD',
  MILESTONE: 'Tahapan belum selesai',
  ASSIGNMENT: 'Menunggu penugasan',
  VERIFICATION: 'Menunggu verifikasi hasil',
  PUBLIC_UPDATE: 'Kabar menunggu PPID',
};

const needed: Record<Wait['kind'], string> = {
  DECISION: 'Putuskan',
  ACCEPTANCE: 'Jawab kesediaan OPD',
  MILESTONE: 'Selesaikan tahapan',
  ASSIGNMENT: 'Tetapkan penugasan',
  VERIFICATION: 'Periksa hasil kerja',
  PUBLIC_UPDATE: 'Periksa kabar untuk warga',
};

const priority: Record<Priority, string> = { HIGH: 'Tinggi', MEDIUM: 'Sedang', LOW: 'Rendah' };
const mode: Record<PositionMode, string> = { DEFINITIVE: '', PLT: 'Plt.', PLH: 'Plh.' };

const role: Record<Role, string> = {
  WALI_KOTA: 'Wali Kota',
  WAKIL_WALI_KOTA: 'Wakil Wali Kota',
  SEKDA: 'Sekretaris Daerah',
  ASISTEN: 'Asisten',
  KEPALA_OPD: 'Kepala OPD',
  PEMANTAU: 'Pemantau',
  ADMIN_OPD: 'Admin OPD',
  PPID: 'PPID',
  ADMIN_SISTEM: 'Admin Sistem',
};

/** Why a task has its colour, in words: `tahap “Pengerukan” lewat 4 hari kerja`. */
function healthReason(reason: HealthReason): string {
  switch (reason.kind) {
    case 'overdue':
      return `tenggat lewat ${n(reason.days)} hari kerja`;
    case 'milestone-late':
      return `tahapan “${reason.title}” lewat ${n(reason.days)} hari kerja`;
    case 'decision-late':
      return `keputusan “${reason.title}” lewat ${n(reason.days)} hari kerja`;
    case 'decision-soon':
      return `keputusan “${reason.title}” segera jatuh tempo`;
    case 'blocked':
      return `terkendala sejak ${n(reason.days)} hari kerja`;
    case 'awaiting-decision':
      return 'seluruh tugas menunggu keputusan';
    case 'acceptance-late':
      return `${reason.opd} belum menjawab kesediaan`;
    case 'due-soon':
      return `tenggat ${n(reason.days)} hari kerja lagi, kemajuan ${n(reason.progress)} %`;
  }
}

/** The words of the product in Indonesian. This object is the type every other language must satisfy. */
export const id = {
  language: 'id' as 'id' | 'en',
  product: 'Simpul',
  city: 'Kota Jambi',
  unnamedField: 'Isian ini',
  tagline: 'Ruang kerja bersama perangkat daerah',
  status,
  health,
  healthReason,
  wait,
  needed,
  priority,
  mode,
  role,
  rules,
  fields,
  errors,
  common: {
    loading: 'Memuat…',
    retry: 'Coba lagi',
    cancel: 'Batal',
    close: 'Tutup',
    open: 'Buka',
    back: 'Kembali',
    undo: 'Urungkan',
    copy: 'Salin isi',
    all: 'Semua',
    required: 'wajib diisi',
    optional: 'tidak wajib',
    changed: 'Baru berubah',
    updatedAt: (time: string) => `Diperbarui ${time} WIB`,
    dataFrom: (time: string) => `Data pukul ${time} WIB`,
    lettersLeft: (left: number) => (left >= 0 ? `Tersisa ${n(left)} huruf` : `Lebih ${n(-left)} huruf`),
    andMore: (count: number) => `dan ${n(count)} lagi`,
    today: 'hari ini',
    dayHint: 'Tulis seperti 24-11-2026.',
    noDue: 'tanpa tenggat',
    milestones: (done: number, total: number) =>
      total === 0 ? 'belum ada tahapan' : `${n(done)} dari ${n(total)} tahap selesai`,
  },
  shell: {
    skip: 'Langsung ke isi',
    navigation: 'Menu utama',
    places: { home: 'Beranda', inbox: 'Kotak Masuk', tasks: 'Tugas', board: 'Pantauan', publish: 'Tayang' },
    waiting: 'menunggu',
    lost: 'Sambungan terputus. Tulisan Bapak/Ibu tetap tersimpan dan akan dikirim otomatis.',
    back: (sent: number) =>
      sent === 0 ? 'Terhubung kembali.' : `Terhubung kembali. ${n(sent)} kiriman terkirim.`,
    language: 'Bahasa',
    theme: 'Tema',
    themes: { device: 'Ikuti perangkat', light: 'Terang', dark: 'Gelap', contrast: 'Kontras tinggi' },
    display: 'Tampilan',
    keys: 'Daftar tombol',
    help: 'Bantuan',
    find: 'Cari atau lompat',
    partFailed: 'Bagian ini belum dapat dimuat. Periksa jaringan, lalu coba lagi.',
    profileOf: (name: string) => `Profil ${name}`,
    positions: 'Jabatan',
    signOut: 'Keluar',
    signOutEverywhere: 'Keluar dari semua perangkat',
    signOutEverywhereQuestion: 'Keluar dari semua perangkat?',
    signOutEverywhereEffect:
      'Semua perangkat yang memakai akun Bapak/Ibu, termasuk yang ini, harus masuk lagi. Tulisan yang belum terkirim tetap tersimpan di perangkat masing-masing.',
    signOutPending: (count: number) =>
      `${n(count)} kiriman belum terkirim. Kiriman itu tetap tersimpan di perangkat ini dan akan dikirim setelah Bapak/Ibu masuk lagi.`,
    notFound: 'Halaman tidak ditemukan',
    notFoundText: 'Alamat ini tidak ada, atau Bapak/Ibu tidak punya akses ke sana.',
    toHome: 'Ke Beranda',
    failed: 'Layar ini belum dapat ditampilkan',
    failedText:
      'Ada bagian yang tidak berjalan di perangkat ini. Tulisan yang tersimpan tidak hilang. Muat ulang halaman; bila tetap begini, hubungi Diskominfo.',
    reload: 'Muat ulang',
    sessionUnknown: 'Simpul belum dapat dihubungi',
    sessionUnknownText:
      'Server belum menjawab. Tulisan Bapak/Ibu di perangkat ini tetap tersimpan. Periksa jaringan, lalu coba lagi.',
  },
  signIn: {
    title: 'Masuk',
    lead: 'Masuk dengan akun pegawai Pemerintah Kota Jambi.',
    login: 'NIP atau surel',
    loginHint: 'NIP 18 angka, boleh dengan spasi, atau surel dinas.',
    password: 'Kata sandi',
    show: 'Tampilkan kata sandi',
    hide: 'Sembunyikan kata sandi',
    submit: 'Masuk',
    busy: 'Memeriksa…',
    ended: 'Sesi berakhir demi keamanan. Tulisan Bapak/Ibu tersimpan di perangkat ini.',
    signedOut: 'Bapak/Ibu sudah keluar. Sampai jumpa.',
    placeKept: 'Setelah masuk, Bapak/Ibu kembali ke halaman terakhir.',
    help: 'Belum bisa masuk? Hubungi Admin OPD atau Diskominfo.',
    public: 'Lihat halaman untuk warga',
    noOpd: 'Akun Bapak/Ibu belum terhubung ke OPD. Hubungi Admin OPD.',
  },
  inbox,
  catchUp,
  home: {
    title: 'Beranda',
    greeting: (hour: number, name: string) => `Selamat ${dayPart(hour)}, ${name}`,
    needs: 'Perlu Bapak/Ibu lakukan',
    needsEmpty: 'Tidak ada yang menunggu Bapak/Ibu. Terima kasih.',
    seeTasks: 'Lihat tugas saya',
    seeBoard: 'Buka Pantauan',
    needsMore: (count: number) => `Masih ada ${n(count)} lagi. Yang paling mendesak tampil di sini.`,
    tasks: 'Tugas saya',
    tasksEmpty: 'Bapak/Ibu belum ikut dalam tugas apa pun.',
    tasksOverseen: 'Bapak/Ibu tidak menjadi anggota tim. Tugas yang dipantau ada di Pantauan.',
    tasksEmptyNext: 'Begitu ketua tim menambahkan Bapak/Ibu, tugasnya muncul di sini.',
    allTasks: (count: number, closed: number) =>
      `Lihat semua ${n(count)} tugas${closed > 0 ? `, ${n(closed)} di antaranya sudah ditutup` : ''}`,
    waiting: (days: number) => (days <= 0 ? 'menunggu sejak hari ini' : `menunggu ${n(days)} hari`),
    due: (due: string) => `tenggat ${due}`,
    changed: (tasks: number) => `${n(tasks)} tugas diperbarui`,
    failed: 'Daftar belum dapat dimuat.',
    refused: 'Daftar tugas ini tidak dapat dibuka dengan akun Bapak/Ibu. Hubungi Admin OPD.',
  },
  tasks: {
    title: 'Tugas',
    summary: (shown: number, all: number) =>
      shown === all ? `${n(all)} tugas` : `${n(shown)} dari ${n(all)} tugas`,
    create: 'Buat tugas',
    unsent: 'Tugas yang belum terkirim',
    unsentWaiting: 'Menunggu dikirim. Dikirim otomatis saat tersambung.',
    unsentOld: 'Dibuat lebih dari 7 hari lalu dan belum terkirim.',
    mend: 'Perbaiki dan kirim lagi',
    search: 'Cari di daftar ini',
    searchHint: 'Judul, kode, atau OPD',
    filters: 'Saringan',
    anyStatus: 'Semua status',
    anyHealth: 'Semua kondisi',
    anyOpd: 'Semua OPD',
    filterStatus: 'Status',
    filterHealth: 'Kondisi',
    filterOpd: 'OPD',
    filterView: 'Tampilkan',
    view: {
      all: 'Semua tugas',
      trouble: 'Terkendala',
      mine: 'Menunggu keputusan saya',
      waiting: 'Ada yang ditunggu',
    },
    sort: 'Urutkan',
    sorts: {
      due: 'Tenggat terdekat',
      health: 'Kondisi terburuk',
      waiting: 'Paling lama menunggu',
      title: 'Judul',
    },
    showMore: (count: number) => `Tampilkan ${n(count)} berikutnya`,
    noMatch: 'Tidak ada tugas yang cocok.',
    clear: 'Hapus saringan',
    reorder: 'Perbarui urutan',
    reordered: 'Urutan diperbarui',
    orderChanged: 'Ada perubahan yang menggeser urutan.',
    next: (title: string) => `Berikutnya: ${title}`,
    columns: {
      task: 'Tugas',
      status: 'Status',
      health: 'Kondisi',
      due: 'Tenggat',
      opds: 'OPD',
      waits: 'Yang ditunggu',
      milestones: 'Tahapan',
    },
    lead: (opd: string) => `Koordinator ${opd}`,
    supporting: (opds: string) => `bersama ${opds}`,
    moved: (day: string) => `semula ${day}`,
    waitFor: (what: string, whom: string) => `${what}: ${whom || 'pimpinan'}`,
    waitTime: (days: number) => (days <= 0 ? 'sejak hari ini' : `${n(days)} hari`),
    noWait: 'Tidak ada',
    published: 'Terlihat warga',
  },
  board: {
    title: 'Pantauan',
    scope: 'Lingkup',
    sentence: {
      trouble: (trouble: number, all: number) => `${n(trouble)} dari ${n(all)} tugas terkendala`,
      calm: (all: number) => `Tidak ada yang terkendala di antara ${n(all)} tugas`,
      mine: (mine: number) => `${n(mine)} menunggu keputusan Bapak/Ibu`,
      none: 'Belum ada tugas dalam lingkup ini',
    },
    exceptions: 'Perlu dilihat lebih dahulu',
    exceptionsEmpty: 'Tidak ada yang terkendala hari ini.',
    moreExceptions: (count: number) => `Lihat ${n(count)} lagi`,
    all: 'Semua tugas',
    changed: (updates: number, tasks: number) => `${n(updates)} pembaruan pada ${n(tasks)} tugas`,
    changedOne: (title: string, state: string, light: string) => `${title}: ${state}, ${light}`,
    closed: 'Pantauan ini tidak lagi terbuka untuk Bapak/Ibu',
    closedNext:
      'Jabatan atau hak akses Bapak/Ibu berubah. Kabar baru tidak lagi masuk ke layar ini. Bila ini keliru, hubungi Admin OPD.',
    failed: 'Angka belum dapat dimuat.',
    refused: 'Ruang ini terbatas. Minta akses kepada Sekretaris Daerah.',
  },
  publish: {
    title: 'Tayang',
    lead: 'Kabar yang menunggu pemeriksaan PPID sebelum dibaca warga.',
    count: (count: number) => `${n(count)} kabar menunggu`,
    empty: 'Tidak ada yang menunggu tayang.',
    draftedBy: (name: string, opd: string) => (opd ? `Ditulis ${name}, ${opd}` : `Ditulis ${name}`),
    what: 'Kalimat untuk warga',
    approve: 'Tayangkan',
    approveQuestion: 'Tayangkan kabar ini?',
    approveEffect:
      'Kabar langsung terlihat oleh warga dan tidak dapat ditarik kembali. Periksa: tidak ada nama, NIP, alamat, atau data warga.',
    giveBack: 'Kembalikan',
    giveBackTitle: 'Kembalikan untuk dilengkapi',
    giveBackLead: 'Ketua tim akan membaca alasannya dan dapat menulis ulang.',
    reason: 'Alasan',
    reasonHint: 'Misalnya: sebutkan tanggal perkiraan selesai.',
    approved: 'Kabar sudah tayang.',
    returned: 'Kabar dikembalikan kepada ketua tim.',
    already: 'Kabar ini sudah diperiksa orang lain. Daftar diperbarui.',
    seePage: 'Lihat halaman warga',
    notPublic: 'Halaman tugas ini belum terbuka untuk warga.',
    failed: 'Daftar belum dapat dimuat.',
    more: 'Muat berikutnya',
    refresh: 'Perbarui daftar',
    offline:
      'Sambungan terputus. Pemeriksaan dapat dilanjutkan setelah tersambung; alasan yang ditulis tetap ada di layar ini.',
    noAccess: 'Hanya pejabat PPID yang dapat memeriksa kabar untuk warga.',
  },
};

/** What every language must say, but for the words of the workspace. */
export type CoreWords = typeof id;

// As people in Jambi greet: pagi until 10, siang until 15, sore until 18.
function dayPart(hour: number): string {
  if (hour >= 4 && hour < 10) return 'pagi';
  if (hour >= 10 && hour < 15) return 'siang';
  return hour >= 15 && hour < 18 ? 'sore' : 'malam';
}
