/** How the meters of one line are read. A line speaks one protocol; only Modbus bears several meters on it. */
export const LINE_PROTOCOLS = [
  /** Asked in turn (MODBUS over Serial Line V1.02). */
  'modbus-rtu',
  /** Pushed about once a second through an optical head (Smart Message Language, BSI TR-03109-1, annex IV). */
  'sml',
  /** Pushed, or after a sign-on without change of speed (IEC 62056-21, mode D and A). */
  'iec62056-push',
  /** Asked at 300 baud, answered faster (IEC 62056-21, mode C). */
  'iec62056-mode-c',
  /** Pushed through the customer port (Dutch Smart Meter Requirements, P1 companion standard). */
  'dsmr-p1',
] as const;
export type LineProtocol = (typeof LINE_PROTOCOLS)[number];
