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
export type ListedAdapter = {
  readonly path: string;
  readonly serialNumber: string | undefined;
  readonly manufacturer?: string | undefined;
  /** Vendor and product as its bus numbers them: `USB 0403:6001`. */
  readonly product?: string | undefined;
};

export type ListAdapters = () => Promise<readonly ListedAdapter[]>;
