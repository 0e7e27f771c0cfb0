import { personalDataHints } from './personal-data.js';

describe('the hint about personal data', () => {
  it.each([
    ['NIK 1571012345678901', ['identity']],
    ['NIP 19680826 199701 2 001', ['identity']],
    ['Hubungi 0812-3456-7890', ['phone']],
    ['Telepon (0741) 591234', ['phone']],
    ['+62 812 3456 7890', ['phone']],
    ['Kirim ke sari@jambikota.go.id', ['email']],
  ])('is given for %s', (text, hints) => {
    expect(personalDataHints(text)).toEqual(hints);
  });

  it.each([
    'Pekerjaan 12 saluran selesai pada 20 Desember 2026 pukul 08.30.',
    'Anggaran Rp62.750.000.000 untuk 24 titik.',
    'Surat 800.1.11.1/0412/SETDA-ADPEM/2026.',
    'Tahap 20 30 40 50 60 70 80 90.',
  ])('is not given for %s', (text) => {
    expect(personalDataHints(text)).toEqual([]);
  });
});
