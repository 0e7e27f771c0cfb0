import fc from 'fast-check';
import { BrokenImage, cleanerFor, readOrientation, type CleanImage } from '#libs/images';
import {
  exif,
  JPEG,
  jpegOfPhone,
  jpegSegment,
  pixelBomb,
  PNG,
  pngOfPhone,
  SECRET,
  WEBP,
  webpOfPhone,
} from '../../support/pictures.js';

const clean = (mediaType: string, bytes: Buffer): CleanImage => {
  const cleaner = cleanerFor(mediaType);
  if (!cleaner) throw new Error(`nothing cleans ${mediaType}`);
  return cleaner(bytes);
};

describe.each([
  { mediaType: 'image/jpeg', plain: JPEG, ofPhone: jpegOfPhone },
  { mediaType: 'image/png', plain: PNG, ofPhone: pngOfPhone },
  { mediaType: 'image/webp', plain: WEBP, ofPhone: webpOfPhone },
])('a picture: $mediaType', ({ mediaType, plain, ofPhone }) => {
  it('stays as it is when there is nothing in it but the picture', () => {
    expect(clean(mediaType, plain)).toEqual({ bytes: plain, width: 8, height: 4 });
  });

  it('loses the place, texts, thumbnails and what stands behind it, and keeps its pixels and colours', () => {
    const photo = ofPhone(1);
    expect(photo.includes(SECRET)).toBe(true);
    const { bytes } = clean(mediaType, photo);
    expect(bytes.includes(SECRET)).toBe(false);
    expect(bytes.equals(plain)).toBe(true);
  });

  it.each([2, 3, 4, 5, 6, 7, 8])('keeps which way up it is: %i', (orientation) => {
    const { bytes } = clean(mediaType, ofPhone(orientation));
    expect(bytes.includes(SECRET)).toBe(false);
    const at = bytes.indexOf('MM\0*', 0, 'latin1');
    expect(readOrientation(bytes.subarray(at))).toBe(orientation);
    // Cleaned again nothing changes.
    expect(clean(mediaType, bytes).bytes.equals(bytes)).toBe(true);
  });

  it('is refused when it is cut in its head, or is none', () => {
    for (const broken of [Buffer.alloc(0), plain.subarray(0, 15), Buffer.from('GIF89a bukan')])
      expect(() => clean(mediaType, broken)).toThrow(BrokenImage);
  });

  it('whatever its bytes are, is cleaned or refused, and never keeps the place', () => {
    const photo = ofPhone(6);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(photo.length - 1), fc.nat(255)), { maxLength: 6 }),
        fc.nat(photo.length),
        (changes, end) => {
          const bytes = Buffer.from(photo.subarray(0, end));
          for (const [at, value] of changes) if (at < end) bytes[at] = value;
          try {
            const cleaned = clean(mediaType, bytes).bytes;
            expect(cleaned.length).toBeLessThanOrEqual(bytes.length + 64);
          } catch (error) {
            expect(error).toBeInstanceOf(BrokenImage);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('a JPEG', () => {
  it('has no thumbnail in its first segment', () => {
    const body = Buffer.concat([
      Buffer.from('JFIF\0\x01\x02\0\0\x01\0\x01\x01\x01', 'latin1'),
      Buffer.from('QQQ'),
    ]);
    const withThumbnail = Buffer.concat([JPEG.subarray(0, 2), jpegSegment(0xe0, body), JPEG.subarray(20)]);
    const { bytes } = clean('image/jpeg', withThumbnail);
    expect(bytes.includes('QQQ')).toBe(false);
    expect(bytes.subarray(2, 20).toString('hex')).toBe('ffe000104a46494600010200000100010000');
  });

  it('may have more than one scan, fill bytes and restart marks, and its end may be missing', () => {
    const scan = JPEG.indexOf(Buffer.of(0xff, 0xda));
    const again = Buffer.concat([
      JPEG.subarray(0, -2),
      Buffer.of(0xff, 0xd0, 0x11, 0xff, 0x00, 0x12),
      Buffer.of(0xff),
      JPEG.subarray(scan, -2),
    ]);
    const { bytes } = clean('image/jpeg', again);
    expect(bytes.subarray(-2).toString('hex')).toBe('ffd9');
    expect(bytes.includes(Buffer.of(0xff, 0xd0, 0x11, 0xff, 0x00, 0x12))).toBe(true);
    expect(bytes.indexOf(Buffer.of(0xff, 0xda), scan + 2)).toBeGreaterThan(scan);
  });
});

it('only the header is read for the size: a bomb of pixels is measured, not drawn', () => {
  expect(clean('image/png', pixelBomb(60_000, 60_000))).toMatchObject({ width: 60_000, height: 60_000 });
});

it('an odd block of EXIF means: as it is', () => {
  expect(readOrientation(exif(6))).toBe(6);
  expect(readOrientation(exif(6, 'MM'))).toBe(6);
  for (const value of [0, 9, 65_535]) expect(readOrientation(exif(value))).toBe(1);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const orientation = readOrientation(Buffer.from(bytes));
      expect(orientation).toBeGreaterThanOrEqual(1);
      expect(orientation).toBeLessThanOrEqual(8);
    }),
  );
});
