import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { composeName, normalName, splitName } from './person-name.js';

describe('names and titles', () => {
  test.each([
    ['Dr. Ir. H. Nama Lengkap, S.T., M.Si.', 'Dr. Ir. H.', 'Nama Lengkap', 'S.T., M.Si.'],
    ['dr. Rian Basri, Sp.PD.', 'dr.', 'Rian Basri', 'Sp.PD.'],
    ['Dra. Fitri Nainggolan, M.A.P.', 'Dra.', 'Fitri Nainggolan', 'M.A.P.'],
    ['Suparno, S.E.', '', 'Suparno', 'S.E.'],
    ['Sumiati', '', 'Sumiati', ''],
    ["Ma'ruf Al Hafidz, S.Sos.", '', "Ma'ruf Al Hafidz", 'S.Sos.'],
    ['Tri-Wahyuni Astuti, A.Md.', '', 'Tri-Wahyuni Astuti', 'A.Md.'],
    ['Raden Surya Kencana, S.K.M.', '', 'Raden Surya Kencana', 'S.K.M.'],
    ['Nyimas Rahmadina Putri', '', 'Nyimas Rahmadina Putri', ''],
    ['I Gusti Ayu Pradnyani, S.I.P.', '', 'I Gusti Ayu Pradnyani', 'S.I.P.'],
    ['Ir.H.Budi', 'Ir. H.', 'Budi', ''],
    ['Irwan', '', 'Irwan', ''],
    ['Drajat', '', 'Drajat', ''],
    ['Hj.', '', 'Hj.', ''],
    ['  Prof.  Dr.  Siti ,  M.Si.,Ph.D. ', 'Prof. Dr.', 'Siti', 'M.Si., Ph.D.'],
  ])('%s', (text, frontTitles, name, backTitles) => {
    expect(splitName(text)).toEqual({ frontTitles, name, backTitles });
  });

  test('every sample name is composed again as it was written', () => {
    const data = ['asn-sample.csv', 'asn-sample-pppk.csv'].flatMap((file) =>
      parse<{ name_with_titles: string }>(readFileSync(new URL(`../demo/data/${file}`, import.meta.url)), {
        columns: true,
      }),
    );
    expect(data).toHaveLength(264);
    for (const { name_with_titles: name } of data) {
      expect(composeName(splitName(name))).toBe(name);
      expect(splitName(name).name).not.toMatch(/[,.]/);
    }
  });

  test('names are the same without case, accents, apostrophes and hyphens', () => {
    expect(normalName("NUR'AINI Rosdiana")).toBe(normalName('Nur’aini  rosdiana'));
    expect(normalName('Tri-Wahyuni')).toBe(normalName('tri wahyuni'));
    expect(normalName('José')).toBe(normalName('Jose'));
    expect(normalName('Budi')).not.toBe(normalName('Budia'));
  });
});
