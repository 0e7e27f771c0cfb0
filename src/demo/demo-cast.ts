/** One holder of each role that no post gives. */
export const GRANTS = [
  { email: 'ibrahim.saragih@jambikota.example', role: 'PPID' },
  { email: 'dewi.kirana@jambikota.example', role: 'PEMANTAU' },
  { email: 'bayu.mahendra@jambikota.example', role: 'ADMIN_SISTEM' },
] as const;

/** A vacancy with an acting head (Plt.), and a head who is away this week with a stand-in (Plh.). */
export const ACTING = {
  plt: {
    opd: 'DISPUSIP',
    leaving: 'wahyu.pane@jambikota.example',
    acting: 'sri.ningsih@jambikota.example',
    title: 'Kepala Dinas Perpustakaan dan Kearsipan',
    kind: 'jpt_pratama',
  },
  plh: {
    opd: 'KEC-KB',
    acting: 'ulfa.nainggolan@jambikota.example',
    title: 'Camat Kota Baru',
    kind: 'administrator',
    days: 6,
  },
} as const;

/** Who may sign in, in the order in which the start prints them. All others of the sample have no password. */
export const ACCOUNTS: readonly { email: string; about: string }[] = [
  { email: 'irwan.nasution@jambikota.example', about: 'Dinas PUPR, ketua tim drainase' },
  { email: 'yudi.simanjuntak@jambikota.example', about: 'BPBD, anggota tim drainase' },
  { email: 'ferdinand.chandra@jambikota.example', about: 'Kepala Dinas PUPR' },
  { email: 'rahmat.saragih@jambikota.example', about: 'Sekretaris Daerah' },
  { email: 'zahara.fadhilah@jambikota.example', about: 'Asisten II (Perekonomian dan Pembangunan)' },
  { email: 'wali.kota@jambikota.example', about: 'Wali Kota' },
  { email: 'wakil.wali.kota@jambikota.example', about: 'Wakil Wali Kota' },
  { email: 'ibrahim.saragih@jambikota.example', about: 'Diskominfo, PPID' },
  { email: 'dewi.kirana@jambikota.example', about: 'Bagian Organisasi, pemantau' },
  { email: 'sri.ningsih@jambikota.example', about: 'Plt. Kepala Dispusip' },
  { email: 'ulfa.nainggolan@jambikota.example', about: 'Plh. Camat Kota Baru' },
  { email: 'bayu.mahendra@jambikota.example', about: 'Diskominfo, admin sistem' },
];
