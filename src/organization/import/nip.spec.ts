import { cleanNip, isPppk, nipFault, nipWarning } from './nip.js';

const today = '2026-11-24';
const codeOf = (nip: string, pppk = false) => nipFault(cleanNip(nip), today, pppk)?.code ?? null;

describe('a NIP', () => {
  test.each([
    ['198609262015051001', null],
    ['19860926 201505 1 001', null],
    ["'198609262015051001", null],
    ['198501212025211039', null],
    ['198501212025241039', null],
    ['', 'NIP_EMPTY'],
    ['1.98507E+17', 'NIP_SCIENTIFIC'],
    ['1,98507E+17', 'NIP_SCIENTIFIC'],
    ['1987O3152011012003', 'NIP_NOT_NUMERIC'],
    ['١٩٨٦٠٩٢٦٢٠١٥٠٥١٠٠١', 'NIP_NOT_NUMERIC'],
    ['19850712201001100', 'NIP_LENGTH'],
    ['197902312005011004', 'NIP_BIRTH_DATE'],
    ['202702312005011004', 'NIP_BIRTH_DATE'],
    ['198605202010131001', 'NIP_CPNS_MONTH'],
    ['198605202010001001', 'NIP_CPNS_MONTH'],
    ['199805202026121001', 'NIP_CPNS_FUTURE'],
    ['199805202027211001', 'NIP_CPNS_FUTURE'],
    ['199001102014033002', 'NIP_SEX_DIGIT'],
    ['198811252012012000', 'NIP_SEQUENCE'],
    ['199203082006041001', 'NIP_AGE_AT_CPNS'],
    ['189003082006041001', 'NIP_AGE_AT_CPNS'],
  ])('%s is %s', (nip, code) => {
    expect(codeOf(nip)).toBe(code);
  });

  test('of neither kind is told as the grade suggests', () => {
    expect(codeOf('198605202010301001', true)).toBe('NIP_PPPK_CODE');
    expect(isPppk('198605202010211001')).toBe(true);
    expect(isPppk('198605202010121001')).toBe(false);
  });

  test('of someone appointed after 35 is accepted with a warning, a PPPK without', () => {
    expect(codeOf('197001012010011001')).toBeNull();
    expect(nipWarning('197001012010011001')?.code).toBe('NIP_AGE_UNUSUAL');
    expect(nipWarning('197001012024211001')).toBeNull();
  });

  test('is never repeated in what is said about it', () => {
    const fault = nipFault('197902312005011004', today);
    expect(JSON.stringify(fault)).not.toContain('1979');
  });
});
