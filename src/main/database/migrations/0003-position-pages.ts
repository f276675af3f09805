/** Schema 3: positions as they came, page by page, until they are brought into the ring. */
import type { Migration } from '../migration.ts';

export const positionPages: Migration = {
  version: 3,
  name: 'position-pages',
  sql: `
    CREATE TABLE position_page (id INTEGER PRIMARY KEY, positions BLOB NOT NULL) STRICT;
  `,
};
