/** One numbered step of the schema. Once released it is never edited: a mistake is mended by the next step. */
export type Migration = { readonly version: number; readonly name: string; readonly sql: string };
