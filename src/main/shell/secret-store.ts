/**
 * Seals the marketplace token with the system's key store. Where the system has none (Linux without a keyring) the
 * backend is `basic_text`, which protects nothing: then the token is not kept at all and is asked for at each start.
 */
import { safeStorage } from 'electron';
import { isOpenToDebuggers } from './debugging-switches.ts';

// Electron 33, the floor, has only the synchronous calls; 45 has both; 46 drops the synchronous ones. So neither set can
// be taken for granted, and both are written here as what may be there.
type AnySafeStorage = {
  readonly isEncryptionAvailable?: () => boolean;
  readonly isAsyncEncryptionAvailable?: () => Promise<boolean>;
  readonly encryptString?: (text: string) => Buffer;
  readonly decryptString?: (sealed: Buffer) => string;
  readonly encryptStringAsync?: (text: string) => Promise<Buffer>;
  readonly decryptStringAsync?: (sealed: Buffer) => Promise<{ readonly result: string }>;
  readonly getSelectedStorageBackend?: () => string;
};

const storage: AnySafeStorage = safeStorage;

/** undefined: this system keeps no secrets. */
export async function sealSecret(secret: string): Promise<string | undefined> {
  if (!(await canKeepSecrets())) return undefined;
  const sealed = (await storage.encryptStringAsync?.(secret)) ?? storage.encryptString?.(secret);
  return sealed?.toString('base64');
}

export async function openSecret(sealed: string): Promise<string> {
  if (isOpenToDebuggers())
    throw new Error('Kept tokens are not opened while a debugger may look on. Start Switchyard without that switch.');
  const bytes = Buffer.from(sealed, 'base64');
  const text = (await storage.decryptStringAsync?.(bytes))?.result ?? storage.decryptString?.(bytes);
  if (text === undefined)
    throw new Error('This computer cannot open what it sealed. Use Connect and give the token again.');
  return text;
}

async function canKeepSecrets(): Promise<boolean> {
  const available = (await storage.isAsyncEncryptionAvailable?.()) ?? storage.isEncryptionAvailable?.() ?? false;
  return available && (process.platform !== 'linux' || storage.getSelectedStorageBackend?.() !== 'basic_text');
}
