import { linkPieces } from './links.js';

describe('links in a message', () => {
  const hrefs = (text: string) => linkPieces(text).flatMap((piece) => (piece.href ? [piece.href] : []));

  it('gives back the whole text, piece by piece', () => {
    const text = 'Lihat https://jambikota.go.id/peta (halaman 2), lalu https://data.go.id.';
    expect(
      linkPieces(text)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  });

  it('leaves the full stop and the bracket of the sentence outside', () => {
    expect(hrefs('(https://jambikota.go.id/peta).')).toEqual(['https://jambikota.go.id/peta']);
    expect(hrefs('https://id.wikipedia.org/wiki/Jambi_(kota)!')).toEqual([
      'https://id.wikipedia.org/wiki/Jambi_(kota)',
    ]);
  });

  it('is quick with what was made to be slow, and links no endless address', () => {
    const begun = performance.now();
    expect(hrefs(`https://a.id/${'.'.repeat(4_000)}a${')'.repeat(4_000)}`)).toEqual([]);
    expect(hrefs(`https://a.id/${'x'.repeat(3_000)}`)).toEqual([]);
    expect(performance.now() - begun).toBeLessThan(200);
  });

  it('links nothing but https, and no address that hides another host', () => {
    expect(hrefs('http://jambikota.go.id javascript:alert(1) data:text/html,x ftp://a.b')).toEqual([]);
    expect(hrefs('https://jambikota.go.id@penipu.example/masuk')).toEqual([]);
    expect(hrefs('https://localhost/x https://')).toEqual([]);
  });
});
