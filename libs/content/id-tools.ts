/** The words of what helps everybody, whatever they work on: display, keys, the palette. */
export const idTools = {
  display: {
    lead: 'Berlaku langsung di semua tab, dan tersimpan hanya di perangkat ini.',
    themeNotes: {
      device: 'Terang atau gelap seperti ponsel atau komputer ini.',
      light: 'Latar putih hangat.',
      dark: 'Latar gelap, untuk ruang yang redup.',
      contrast: 'Huruf dan garis paling tegas.',
    },
    text: 'Ukuran huruf',
    texts: { normal: 'Biasa', large: 'Besar', larger: 'Sangat besar' },
    motion: 'Gerakan di layar',
    motions: { device: 'Ikuti perangkat', reduce: 'Kurangi' },
    motionNotes: {
      device: 'Seperti diatur di ponsel atau komputer ini.',
      reduce: 'Tidak ada yang bergeser atau berkedip.',
    },
    toPlain: 'Kembalikan seperti semula',
    reset: 'Tampilan kembali seperti semula.',
    done: 'Selesai',
  },
  keys: {
    lead: 'Semua yang dilakukan tombol ini juga ada sebagai tombol di layar.',
    always: 'Selalu berlaku',
    single: 'Tombol tunggal',
    switch: { on: 'Aktif', off: 'Mati' },
    switchNotes: {
      on: 'Tidak pernah bekerja selagi menulis.',
      off: 'Tidak ada yang terjadi bila satu tombol tersentuh.',
    },
    singleList: 'Ditekan sendiri, atau berurutan',
    send: 'Kirim pesan',
    mention: 'Sebut orang atau OPD di dalam pesan',
    rows: 'Dari pesan ke pesan',
    close: 'Tutup yang terbuka',
    write: 'Tulis pesan di topik ini',
    reply: 'Balas pesan yang dipilih',
    topics: 'Topik sebelumnya, topik berikutnya',
    done: 'Selesai',
  },
  palette: {
    hint: 'Tugas, topik, atau layar',
    list: 'Yang ditemukan',
    groups: {
      here: 'Di layar ini',
      topics: 'Topik tugas ini',
      tasks: 'Tugas',
      screens: 'Layar dan pengaturan',
    },
    resolved: 'Topik selesai',
    count: (count: number) => (count === 0 ? 'Tidak ada yang cocok' : `${count} cocok`),
    none: (query: string) => `Tidak ada yang cocok dengan “${query}”. Coba satu kata saja, atau kode tugas.`,
    foot: '↑ ↓ memilih · Enter membuka · Esc menutup',
  },
};

/** What every language must say of them. */
export type ToolWords = typeof idTools;
