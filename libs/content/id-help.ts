/** Bantuan: short answers, each about one thing somebody wants to do, in the words of the screens. */
export const idHelp = {
  title: 'Bantuan',
  lead: 'Jawaban pendek untuk pekerjaan sehari-hari. Tekan pertanyaannya untuk membaca langkahnya.',
  search: 'Cari di Bantuan',
  searchHint: 'Misalnya: menulis, foto, sinyal',
  found: (count: number) => (count === 0 ? 'Tidak ada yang cocok' : `${count} jawaban`),
  none: (query: string) => `Belum ada jawaban untuk “${query}”. Coba satu kata saja.`,
  showAll: 'Tampilkan semua jawaban',
  more: 'Belum terjawab? Tanyakan kepada Admin OPD atau Diskominfo. Sebutkan nama layarnya dan apa yang ditekan.',
  answers: {
    masuk: {
      question: 'Bagaimana cara masuk?',
      steps: [
        'Buka alamat Simpul, lalu tulis NIP (18 angka) atau surel dinas.',
        'Tulis kata sandi. Tekan gambar mata untuk melihat apa yang ditulis.',
        'Tekan Masuk. Bila belum cocok, layar menyebut berapa kali lagi boleh mencoba.',
        'Lupa kata sandi? Hubungi Admin OPD atau Diskominfo untuk kata sandi baru.',
      ],
      place: 'Ke Beranda',
    },
    kejar: {
      question: 'Bagaimana mengejar yang terlewat?',
      steps: [
        'Di Beranda, lihat “Yang berubah sejak kunjungan terakhir”.',
        'Tekan tugasnya. Keputusan, pertanyaan, dan pesan baru tersusun menurut topik.',
        'Tekan satu baris untuk membuka tempatnya, atau tandai sudah dilihat.',
      ],
      place: 'Buka Kejar ketinggalan',
    },
    baca: {
      question: 'Bagaimana menandai pesan untuk dibaca ulang?',
      steps: [
        'Pada pesannya, tekan tombol titik tiga (⋮).',
        'Pilih Tandai belum dibaca. Topiknya kembali terhitung belum dibaca di semua perangkat.',
        'Untuk diingatkan pada waktunya, tekan Nanti di Kotak Masuk, lalu pilih kapan.',
      ],
      place: 'Buka Kotak Masuk',
    },
    pesan: {
      question: 'Bagaimana menulis pesan?',
      steps: [
        'Buka tugas, lalu bagian Diskusi, dan pilih topiknya.',
        'Tulis di kotak paling bawah. Enter membuat baris baru.',
        'Tekan Kirim. Tulisan yang belum dikirim tetap tersimpan di perangkat ini.',
        'Untuk menjawab satu pesan, tekan ⋮ pada pesan itu, lalu Balas.',
      ],
      place: 'Pilih tugas',
    },
    sebut: {
      question: 'Bagaimana menyebut orang agar ia diberi tahu?',
      steps: [
        'Di dalam pesan, ketik @ lalu beberapa huruf dari namanya.',
        'Pilih nama orang, OPD, atau seluruh tim dari daftar yang muncul.',
        'Setelah dikirim, pesan itu masuk ke Kotak Masuk mereka.',
      ],
      place: 'Pilih tugas',
    },
    status: {
      question: 'Bagaimana mengubah status tugas?',
      steps: [
        'Buka tugas, lalu tekan Ubah status di bagian atas.',
        'Pilih status yang baru. Hanya yang boleh Bapak/Ibu pilih yang tampil.',
        'Tulis alasannya bila diminta. Semua anggota melihat perubahan itu seketika.',
        'Tombolnya tidak ada? Status tugas itu diubah oleh ketua tim atau pejabat pengarahnya.',
      ],
      place: 'Pilih tugas',
    },
    berkas: {
      question: 'Bagaimana mengunggah berkas atau foto?',
      steps: [
        'Buka tugas, lalu bagian Berkas.',
        'Tekan Unggah berkas, atau Ambil foto di ponsel. Beberapa sekaligus bisa.',
        'Tunggu sampai selesai diperiksa. Bila sinyal putus, unggahan dilanjutkan otomatis.',
        'Lokasi pengambilan foto dihapus otomatis.',
      ],
      place: 'Pilih tugas',
    },
    baru: {
      question: 'Bagaimana membuat tugas baru?',
      steps: [
        'Buka Tugas, lalu tekan Buat tugas.',
        'Jawab empat pertanyaan: hasilnya, siapa memimpin, OPD mana ikut, kapan selesai.',
        'Tekan Simpan sebagai draf. Kepala OPD koordinator yang mengusulkannya.',
      ],
      place: 'Buat tugas',
    },
    sinyal: {
      question: 'Bagaimana bila sinyal hilang?',
      steps: [
        'Teruskan saja. Pesan dan perubahan disimpan di perangkat ini dan dikirim sendiri saat tersambung.',
        'Yang menunggu bertanda Menunggu. Yang gagal bertanda Belum terkirim, dengan tombol Coba lagi.',
        'Jangan menghapus data peramban selama masih ada yang menunggu.',
      ],
      place: 'Lihat tugas saya',
    },
    tampilan: {
      question: 'Huruf terlalu kecil atau layar menyilaukan?',
      steps: [
        'Tekan gambar orang di kanan atas, lalu Tampilan.',
        'Pilih ukuran huruf dan tema. Kontras tinggi paling mudah dibaca di bawah matahari.',
        'Berlaku langsung, hanya di perangkat ini.',
      ],
      place: 'Ke Beranda',
    },
  },
  week: {
    title: 'Minggu pertama di Simpul',
    progress: (done: number, all: number) => `${done} dari ${all} sudah dicoba`,
    steps: {
      task: 'Buka satu tugas',
      message: 'Tulis satu pesan',
      mention: 'Sebut rekan dengan @',
      unread: 'Tandai satu pesan belum dibaca',
      display: 'Lihat pilihan Tampilan',
    },
    done: 'sudah',
    how: 'Caranya',
    private: 'Hanya diketahui perangkat ini; tidak dilaporkan kepada siapa pun.',
    all: 'Semua sudah dicoba. Selamat bekerja.',
    close: 'Jangan tampilkan lagi',
  },
};

/** What every language of Bantuan must say. */
export type HelpWords = typeof idHelp;
export type HelpAnswer = keyof HelpWords['answers'];
