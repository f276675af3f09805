/** Where a line is and how it is set. */
export type LineSettings = {
  readonly baudRate: number;
  readonly dataBits: 7 | 8;
  readonly parity: 'none' | 'even' | 'odd';
  readonly stopBits: 1 | 2;
};

export type LineAddress =
  | {
      readonly kind: 'serial-port';
      /** The USB adapter's own serial number: found again under whatever path it comes back. */
      readonly adapterSerialNumber: string | undefined;
      /** For an adapter without one. */
      readonly path: string | undefined;
    }
  | { readonly kind: 'device-server'; readonly host: string; readonly port: number };

/** One adapter as the operating system lists it. */
export type ListedAdapter = { readonly path: string; readonly serialNumber: string | undefined };

export type ListAdapters = () => Promise<readonly ListedAdapter[]>;
