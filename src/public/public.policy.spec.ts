import { mayReview, reviewScope } from './public.policy.js';

it('lets the PPID of the city review everything', () => {
  expect(
    reviewScope([
      { role: 'PPID', opdId: 'a' },
      { role: 'PPID', opdId: null },
    ]),
  ).toBe('city');
  expect(mayReview([{ role: 'PPID', opdId: null }], 'any')).toBe(true);
});

it('lets the PPID of a unit review what that unit coordinates', () => {
  const roles = [{ role: 'PPID', opdId: 'a' }] as const;
  expect(mayReview(roles, 'a')).toBe(true);
  expect(mayReview(roles, 'b')).toBe(false);
});

it.each(['KEPALA_OPD', 'SEKDA', 'WALI_KOTA', 'ADMIN_SISTEM', 'PEMANTAU'] as const)(
  'does not let a %s review',
  (role) => {
    expect(reviewScope([{ role, opdId: null }])).toBeNull();
    expect(mayReview([{ role, opdId: null }], 'a')).toBe(false);
  },
);
