/** What the main process and its two children say to each other. Ports of windows travel beside `window`. */
export type BackendStartOptions = {
  readonly profile: { readonly id: string; readonly kind: 'demo' | 'marketplace'; readonly name: string };
  readonly operator: string;
  readonly databasePath: string;
  readonly nativeBinding: string | undefined;
  /** The adapters stand in this file instead of being listed by the system. */
  readonly adaptersFile?: string | undefined;
  readonly marketplace: { readonly url: string; readonly token: string };
  /** Present when the marketplace is the embedded demo. */
  readonly demo: { readonly seed: number; readonly vehicles: number } | undefined;
  readonly runtime: {
    readonly version: string;
    readonly name: string;
    readonly electron: string;
    readonly chromium: string;
  };
};

export type ToBackend = { readonly type: 'window' } | { readonly type: 'stop' };

export type FromBackend =
  | { readonly type: 'started' }
  | {
      readonly type: 'failed';
      readonly code: string;
      readonly message: string;
      readonly path: string | undefined;
      readonly detail: string;
    };

export type FromDemo =
  | {
      readonly type: 'ready';
      readonly url: string;
      readonly token: string;
      readonly seed: number;
      readonly vehicles: number;
    }
  | { readonly type: 'failed'; readonly message: string };
