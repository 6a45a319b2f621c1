import { Category } from '#db/entities/category.ts';
import { TriageSettings } from '#db/entities/triage-settings.ts';
import type { Db } from '#db/orm.ts';
import { newId } from '#src/core/ids.ts';
import { defaultCategories } from './default-categories.ts';

const DEFAULTS = {
  emoji: 'ticket',
  threshold: 0.5,
  delaySeconds: 0,
  restrictedChannels: [] as string[],
  businessHours: { timeZone: 'UTC', days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' },
  adminChannel: null,
};

/** A workspace's settings; on the first day they are made, along with the first categories. Safe when two ask at once. */
export const ensureSettings = async (db: Db, workspaceId: string, now: Date): Promise<TriageSettings> => {
  const known = await db.findOne(TriageSettings, { workspaceId });
  if (known) return known;
  await db.transactional((own) => makeSettings(own, workspaceId, now));
  return db.findOneOrFail(TriageSettings, { workspaceId });
};

/** The open categories, always in the same order. */
export const openCategories = (db: Db): Promise<Category[]> => db.find(Category, { retiredAt: null }, { orderBy: { id: 'asc' } });

// Settings without categories are never seen: who comes second waits at the row, and then finds both.
const makeSettings = async (db: Db, workspaceId: string, now: Date): Promise<void> => {
  const fresh = { workspaceId, ...DEFAULTS, nextNumber: 0, updatedAt: now };
  const [made] = await db.getConnection().execute<unknown[]>(
    `insert into triage_settings (workspace_id, emoji, threshold, delay_seconds, restricted_channels, business_hours, admin_channel, next_number, updated_at)
       values (?, ?, ?, ?, '{}', ?::jsonb, null, 0, ?) on conflict do nothing returning workspace_id`,
    [workspaceId, fresh.emoji, fresh.threshold, fresh.delaySeconds, JSON.stringify(fresh.businessHours), now],
    'all',
    db.getTransactionContext(),
  );
  if (made)
    await db.insertMany(
      Category,
      defaultCategories.map((category) => ({
        id: newId('cat'),
        workspaceId,
        ...category,
        channel: null,
        onCall: null,
        targetPrecision: 0.8,
        retiredAt: null,
        createdAt: now,
      })),
    );
};

/** The next T-number of a workspace; the row's lock makes numbers follow each other without gaps or doubles. */
export const takeNumber = async (db: Db, workspaceId: string): Promise<number> => {
  const [row] = await db
    .getConnection()
    .execute<{ next_number: number }[]>(
      'update triage_settings set next_number = next_number + 1 where workspace_id = ? returning next_number',
      [workspaceId],
      'all',
      db.getTransactionContext(),
    );
  return (row as { next_number: number }).next_number;
};

/** Until this commits nobody else makes a ticket in the workspace: they wait for the row that numbers are taken from. */
export const lockTickets = async (db: Db, workspaceId: string): Promise<void> => {
  await db
    .getConnection()
    .execute('select 1 from triage_settings where workspace_id = ? for update', [workspaceId], 'all', db.getTransactionContext());
};
