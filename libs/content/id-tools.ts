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
};

/** What every language must say of them. */
export type ToolWords = typeof idTools;
