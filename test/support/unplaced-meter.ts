/** What a meter says of its place in the depot when a test does not care where it stands. */
export const UNPLACED = { parentId: undefined, evseKey: undefined, accuracyClass: undefined, ctRatio: 1 } as const;
