import type { ErrorCode, ErrorDetails, FieldProblem, TaskStatus } from '#libs/contracts';
import { STATUS_RULES } from '#libs/contracts';
import { dateWords, listWords, numberWords, sizeWords } from './dates.js';

export type ErrorWords = { [C in ErrorCode]: (details: ErrorDetails[C]) => string };
/** After the name of the field: `Alasan` + ` belum diisi.` */
export type RuleWords = Record<FieldProblem['rule'], (name: string, limit: number) => string>;

const n = (value: number) => numberWords(value, 'id');
const day = (value: string) => dateWords('id').day(value);
const list = (items: readonly string[]) => listWords(items, 'id');
const label = (code: string) => STATUS_RULES[code as TaskStatus]?.label ?? code;

const roles: Record<string, string> = {
  KETUA_TIM: 'ketua tim',
  ANGGOTA: 'anggota tim',
  KEPALA_OPD: 'pimpinan OPD',
  ASISTEN: 'asisten',
  SEKDA: 'Sekretaris Daerah',
  WAKIL_WALI_KOTA: 'Wakil Wali Kota',
  WALI_KOTA: 'Wali Kota',
};
const decided: Record<string, string> = {
  PENDING: 'menunggu keputusan',
  APPROVED: 'disetujui',
  APPROVED_WITH_NOTE: 'disetujui dengan catatan',
  REJECTED: 'ditolak',
  WITHDRAWN: 'ditarik',
  CLARIFICATION_REQUESTED: 'menunggu penjelasan',
  FORWARDED: 'diteruskan',
  SUPERSEDED: 'diganti keputusan lain',
};

/** Names of fields as the forms show them. */
export const fields: Record<string, string> = {
  login: 'NIP atau surel',
  password: 'Kata sandi',
  body: 'Isi',
  title: 'Judul',
  note: 'Catatan',
  reason: 'Alasan',
  publicSentence: 'Kalimat untuk warga',
  to: 'Status tujuan',
  status: 'Status',
  verdict: 'Putusan',
  threadId: 'Utas',
  replyTo: 'Pesan yang dibalas',
  mentions: 'Sebutan',
  conclusion: 'Kesimpulan',
  milestoneId: 'Tahapan',
  after: 'Tahap sebelumnya',
  place: 'Urutan',
  coordinatingOpdId: 'OPD koordinator',
  teamLeadId: 'Ketua tim',
  supportingOpdIds: 'OPD yang ikut',
  dueDate: 'Tanggal selesai',
  opdId: 'OPD',
  personId: 'Pegawai',
  teamRole: 'Peran',
  until: 'Hari terakhir',
  question: 'Penjelasan singkat',
  options: 'Pilihan',
  option: 'Pilihan',
  recommendation: 'Saran',
  consequence: 'Akibat',
  basis: 'Dasar',
  decider: 'Yang memutuskan',
  forwardTo: 'Tujuan',
  answer: 'Penjelasan',
  number: 'Nomor surat',
  kind: 'Jenis surat',
  date: 'Tanggal surat',
};

export const rules: RuleWords = {
  required: (name) => `${name} belum diisi. Silakan isi lebih dahulu.`,
  blank: (name) => `${name} hanya berisi spasi. Silakan tulis isinya.`,
  'too-long': (name, limit) => `${name} terlalu panjang. Ringkas menjadi paling banyak ${n(limit)} huruf.`,
  'too-short': (name, limit) => `${name} terlalu pendek. Tulis paling sedikit ${n(limit)} huruf.`,
  'not-text': (name) => `${name} harus berupa tulisan.`,
  'not-well-formed': (name) =>
    `${name} memuat huruf yang rusak. Hapus huruf yang tampil aneh, lalu tulis ulang.`,
  'control-character': (name) =>
    `${name} memuat tanda tak terlihat dari hasil salinan. Tempel sebagai teks biasa, lalu coba lagi.`,
  'direction-override': (name) =>
    `${name} memuat tanda tak terlihat yang membalik arah tulisan. Tempel sebagai teks biasa, lalu coba lagi.`,
  'not-a-uuid': (name) => `${name} tidak dikenali. Muat ulang halaman, lalu coba lagi.`,
  'not-a-date': (name) => `${name} bukan tanggal yang benar. Tulis seperti 24-11-2026.`,
  'out-of-range': (name) =>
    `${name} di luar rentang yang dibolehkan. Pilih dari hari ini sampai setahun ke depan.`,
  'not-one-of': (name) => `${name} bukan salah satu pilihan. Pilih dari daftar.`,
  'not-a-number': (name) => `${name} harus berupa angka.`,
  'unknown-field': (name) => `${name} tidak dikenal oleh server. Muat ulang halaman, lalu coba lagi.`,
  invalid: (name) => `${name} belum benar. Periksa lagi isinya.`,
};

const kept = 'Tulisan Bapak/Ibu tetap tersimpan.';

/** Every refusal: what happened, what is safe, what to do. */
export const errors: ErrorWords = {
  validation: () => `Ada isian yang belum benar. ${kept} Perbaiki yang ditandai, lalu kirim lagi.`,
  unauthenticated: () => `Sesi Bapak/Ibu sudah berakhir. ${kept} Silakan masuk lagi.`,
  forbidden: ({ who }) =>
    who && who.length > 0
      ? `Tindakan ini di luar kewenangan Bapak/Ibu. Tidak ada yang berubah. Yang dapat melakukannya: ${list(who.map((role) => roles[role] ?? role))}.`
      : 'Tindakan ini di luar kewenangan Bapak/Ibu. Tidak ada yang berubah. Bila perlu, hubungi ketua tim atau Admin OPD.',
  'not-found': () => 'Tidak ditemukan, atau Bapak/Ibu tidak punya akses. Hubungi Admin OPD.',
  'origin-refused': () =>
    `Permintaan datang dari alamat yang tidak dikenal dan tidak dijalankan. ${kept} Buka Simpul dari alamat resminya.`,
  'rate-limited': ({ retryAfterMs }) =>
    `Terlalu banyak permintaan dalam waktu singkat. ${kept} Coba lagi ${seconds(retryAfterMs / 1000)} lagi.`,
  'frame-too-large': ({ limit }) =>
    `Kiriman lebih besar dari ${n(Math.floor(limit / 1024))} KB sehingga belum terkirim. ${kept} Bagi menjadi beberapa pesan.`,
  'unknown-event': () =>
    `Halaman ini memakai versi yang berbeda dengan server. ${kept} Muat ulang halaman, lalu coba lagi.`,
  unavailable: () => `Server sedang tidak dapat melayani. ${kept} Coba lagi sebentar lagi.`,
  internal: ({ reference }) =>
    `Ada gangguan di server sehingga tindakan belum selesai. ${kept} Coba lagi; bila tetap gagal, hubungi Diskominfo${reference ? ` dan sebutkan nomor ${reference}` : ''}.`,
  'command.reused': () =>
    `Kiriman ini pernah terkirim dengan isi yang lain. Yang pertama tetap berlaku. Salin isinya dan kirim sebagai yang baru.`,
  'command.out-of-order': () =>
    `Kiriman sebelumnya belum sampai. ${kept} Kiriman ini menunggu gilirannya dan dikirim otomatis.`,
  'sign-in.failed': ({ left }) =>
    left > 0
      ? `NIP, surel, atau kata sandi belum cocok. Tersisa ${n(left)} kali percobaan. Periksa lagi, atau hubungi Admin OPD bila lupa kata sandi.`
      : 'NIP, surel, atau kata sandi belum cocok. Percobaan habis untuk sementara. Tunggu beberapa menit, atau hubungi Admin OPD bila lupa kata sandi.',
  'sign-in.throttled': ({ retryAfterSeconds }) =>
    `Terlalu banyak percobaan masuk. Akun Bapak/Ibu tetap aman. Coba lagi ${seconds(retryAfterSeconds)} lagi.`,
  'task.read-only': ({ status }) =>
    `Tugas ini ${label(status).toLowerCase()} sehingga hanya dapat dibaca. ${kept} Pimpinan dapat membukanya kembali.`,
  'task.transition-not-allowed': ({ from, to, allowed }) =>
    `Status tidak dapat diubah dari ${label(from)} ke ${label(to)}. Tidak ada yang berubah. ` +
    (allowed.length > 0
      ? `Yang dapat Bapak/Ibu pilih sekarang: ${list(allowed.map(label))}.`
      : 'Hubungi ketua tim atau pimpinan tugas ini.'),
  'task.reason-required': ({ to }) =>
    `Perubahan ke ${label(to)} memerlukan alasan. Status belum berubah. Tulis alasannya, lalu simpan lagi.`,
  'task.public-sentence-required': ({ to }) =>
    `Tugas ini terlihat warga, jadi perubahan ke ${label(to)} memerlukan kalimat untuk warga. Status belum berubah. Tulis kalimatnya, lalu simpan lagi.`,
  'task.opd-pending': ({ opds }) =>
    `Tugas belum dapat dimulai karena ${list(opds)} belum menyatakan bersedia. Status belum berubah. Hubungi OPD tersebut.`,
  'summary.conflict': ({ by }) =>
    `Ringkasan ini sudah ditulis ulang oleh ${by}. ${kept} Bandingkan keduanya, lalu pilih yang dipakai.`,
  'opd.already-in': () =>
    'OPD ini sudah ikut atau sudah diminta. Tidak ada yang berubah. Lihat daftarnya di bagian Tim.',
  'decision.not-pending': ({ status, by }) =>
    `Permintaan ini sudah ${decided[status] ?? status}${by === null ? '' : ` oleh ${by}`}. Tindakan tadi tidak dijalankan. Lihat kartunya; bila perlu, ajukan permintaan pengganti.`,
  'decision.own': () =>
    'Permintaan sendiri diputuskan orang lain. Tidak ada yang berubah. Pilih pimpinan lain, atau tarik permintaannya dan ajukan lagi.',
  'decision.undo-over': () =>
    'Waktu untuk mengurungkan sudah habis dan keputusan sudah berlaku. Bila harus berubah, ajukan keputusan pengganti.',
  'decision.not-in-force': () =>
    'Hanya keputusan yang sedang berlaku yang dapat diganti. Isian tetap tersimpan. Ajukan sebagai permintaan baru.',
  'handover.moved-on': ({ holder, by }) =>
    `${by} sudah mengambil langkah berikutnya dan pekerjaan ini kini ada pada ${holder}. Tindakan tadi tidak dijalankan; tulisan Bapak/Ibu tetap tersimpan. Lihat kartunya.`,
  'milestone.too-many': ({ limit }) =>
    `Sudah ada ${n(limit)} tahap dalam tugas ini. ${kept} Gabungkan beberapa tahap, lalu coba lagi.`,
  'milestone.unchanged': () => 'Tahapan ini sudah berada pada status itu, jadi tidak ada yang perlu diubah.',
  'thread.closed': () =>
    'Utas ini sudah ditutup orang lain. Kesimpulan yang pertama tetap berlaku. Buka kembali utasnya bila belum tuntas.',
  'thread.not-closed': () => 'Utas ini masih terbuka, jadi tidak ada yang perlu dibuka kembali.',
  'message.reply-elsewhere': () =>
    `Pesan yang dibalas tidak ada di utas ini. ${kept} Kirim tanpa balasan, atau buka utas asalnya.`,
  'message.mention-elsewhere': () =>
    `Salah satu yang disebut tidak ikut dalam tugas ini. ${kept} Hapus sebutan itu, lalu kirim lagi.`,
  'message.too-late': ({ minutes }) =>
    `Pesan hanya dapat diubah atau ditarik dalam ${n(minutes)} menit. Pesan tetap seperti semula. Kirim pesan susulan untuk meralat.`,
  'message.deleted': () => 'Pesan ini sudah dihapus. Tidak ada yang berubah.',
  'message.edit-conflict': () =>
    `Pesan ini baru saja diubah dari perangkat lain. ${kept} Bandingkan keduanya, lalu pilih yang dipakai.`,
  'message.too-many-pins': ({ limit }) =>
    `Sudah ada ${n(limit)} pesan tersemat di ruang ini. Lepaskan satu sematan, lalu coba lagi.`,
  'public-update.too-many': ({ limit }) =>
    `Sudah ada ${n(limit)} kalimat tugas ini yang menunggu PPID. Kalimat Bapak/Ibu belum diajukan, tetapi masih ada di sini. Hubungi PPID, lalu ajukan lagi.`,
  'public-update.not-pending': () =>
    'Kabar ini sudah diperiksa orang lain. Tidak ada yang berubah. Perbarui daftar untuk melihat hasilnya.',
  'public.not-published': () =>
    `Tugas ini belum terbuka untuk warga, jadi kabar belum dapat dikirim. ${kept} Minta pimpinan tugas membukanya.`,
  'too-many-workspaces': ({ limit }) =>
    `Sudah ${n(limit)} ruang kerja terbuka bersamaan. ${kept} Tutup salah satu tab, lalu coba lagi.`,
  'organization.duplicate': ({ field }) =>
    `${fields[field] ?? 'Data ini'} sudah dipakai. Isian tetap tersimpan. Periksa apakah datanya sudah ada.`,
  'working-time.begun': ({ from }) =>
    `Jam kerja yang sudah berlaku tidak diubah. Tidak ada yang berubah. Pilih tanggal mulai ${day(from)} atau sesudahnya.`,
  'working-time.needed': () =>
    'Jam kerja umum kota tidak dapat diakhiri tanpa pengganti. Tidak ada yang berubah. Tambahkan jam kerja yang baru.',
  'file.empty': () =>
    'Berkas ini kosong (0 bita), jadi tidak diunggah. Periksa berkas aslinya, lalu pilih lagi.',
  'file.too-large': ({ limit }) =>
    `Berkas belum terunggah karena lebih besar dari ${sizeWords(limit, 'id')}. ${kept} Kecilkan berkas atau bagikan tautannya.`,
  'file.quota': ({ left }) =>
    `Berkas belum terunggah karena tempat berkas tugas ini hampir penuh; tersisa ${sizeWords(left, 'id')}. Berkas yang sudah ada tetap aman. Hapus versi yang tidak dipakai, atau hubungi Diskominfo.`,
  'file.type-refused': ({ reason }) =>
    reason === 'PHOTO'
      ? 'Foto berformat HEIC atau AVIF belum diterima karena lokasi pengambilannya tidak dapat dihapus. Foto asli tetap aman. Simpan sebagai JPEG, lalu unggah lagi.'
      : 'Berkas program tidak diterima demi keamanan. Berkas lain tidak terpengaruh. Bila ini dokumen, simpan sebagai PDF, lalu unggah lagi.',
  'file.image-too-big': ({ limit }) =>
    `Gambar ini lebih dari ${n(Math.floor(limit / 1_000_000))} juta piksel sehingga tidak diterima. Gambar asli tetap aman. Kecilkan ukurannya, lalu unggah lagi.`,
  'file.image-broken': () =>
    'Isi gambar ini rusak atau bukan gambar seperti seharusnya, jadi tidak diterima. Buka gambar aslinya, simpan ulang, lalu unggah lagi.',
  'file.infected': () =>
    'Pemeriksa virus menemukan sesuatu yang berbahaya, jadi berkas sudah dihapus dan tidak terlihat siapa pun. Periksa perangkat Bapak/Ibu, atau hubungi Diskominfo.',
  'file.not-replaceable': () =>
    'Versi itu sudah diganti atau dihapus orang lain. Berkas Bapak/Ibu belum terunggah. Lihat versi terbaru di daftar, lalu coba lagi.',
  'upload.too-many': ({ limit }) =>
    `Sudah ${n(limit)} berkas sedang diunggah. Yang sedang berjalan tetap dilanjutkan. Tunggu sebentar, lalu tambahkan sisanya.`,
  'upload.offset': () =>
    'Unggahan terputus di tengah jalan. Bagian yang sudah sampai tetap tersimpan dan unggahan dilanjutkan otomatis.',
};

function seconds(value: number): string {
  const whole = Math.max(1, Math.ceil(value));
  return whole < 90 ? `${n(whole)} detik` : `${n(Math.ceil(whole / 60))} menit`;
}
