import type { DataSource } from 'typeorm';

interface Pool {
  totalCount: number;
  idleCount: number;
  waitingCount: number;
}

/** How TypeORM's pool of connections stands; zeros while there is none. */
export function poolOf(source: DataSource): { total: number; idle: number; waiting: number } {
  const { master } = source.driver as unknown as { master?: Pool };
  return {
    total: master?.totalCount ?? 0,
    idle: master?.idleCount ?? 0,
    waiting: master?.waitingCount ?? 0,
  };
}
