import { AppError, type ActorView, type Day } from '#libs/contracts';
import type { OrganizationService } from '../organization/organization.service.js';
import type { PersonInFile } from './task-file.js';

/** Persons as the file names them: by NIP, or an elected leader by role. */
export class People {
  private readonly byNip = new Map<string, string | null>();
  private readonly views = new Map<string, ActorView>();

  private constructor(
    private readonly organization: OrganizationService,
    private readonly leaders: ReadonlyMap<string, string>,
  ) {}

  static async load(organization: OrganizationService, today: Day): Promise<People> {
    const leaders = new Map<string, string>();
    for (const role of ['WALI_KOTA', 'WAKIL_WALI_KOTA'] as const) {
      const [holder] = await organization.holdersOf(role, null, today);
      if (holder) leaders.set(role, holder);
    }
    return new People(organization, leaders);
  }

  /** Null for who is not in Simpul. */
  async find(person: PersonInFile): Promise<ActorView | null> {
    const id = await this.idOf(person);
    if (id === null) return null;
    const known = this.views.get(id);
    if (known) return known;
    const view = await this.organization.personView(id);
    this.views.set(id, view);
    return view;
  }

  /** @throws AppError `not-found` */
  async get(person: PersonInFile): Promise<ActorView> {
    const view = await this.find(person);
    if (!view) throw new AppError('not-found', {});
    return view;
  }

  private async idOf(person: PersonInFile): Promise<string | null> {
    if (person.type === 'leader') return this.leaders.get(person.role ?? '') ?? null;
    const nip = person.nip?.replaceAll(' ', '') ?? '';
    if (!this.byNip.has(nip)) {
      this.byNip.set(nip, (await this.organization.personIdsByNip([nip])).get(nip) ?? null);
    }
    return this.byNip.get(nip) ?? null;
  }
}
