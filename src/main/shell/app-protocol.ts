/**
 * `app://switchyard/` serves the built window and, with byte ranges, the base map the user picked; nothing else exists
 * there. The content security policy goes out as a header with every page, with a fresh nonce for emotion's and the
 * grid's style elements.
 */
import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { protocol } from 'electron';

export const APP_ORIGIN = 'app://switchyard';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** Must run before Electron is ready. */
export function declareAppProtocol(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ]);
}

export function serveAppProtocol(rendererFolder: string, baseMapFile: () => string | undefined): void {
  protocol.handle('app', async (request) => {
    const url = new URL(request.url);
    if (url.host !== 'switchyard') return notFound();
    if (url.pathname === '/base-map.pmtiles') return serveRange(baseMapFile(), request.headers.get('range'));
    const file = fileOf(rendererFolder, url.pathname);
    return file === undefined ? notFound() : servePage(file);
  });
}

/** undefined: no name of a file in this folder. */
function fileOf(folder: string, pathname: string): string | undefined {
  let name: string;
  try {
    name = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  const file = path.join(folder, path.normalize(name));
  return file.startsWith(folder + path.sep) && !file.includes('\0') ? file : undefined;
}

function policyWith(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
}

async function servePage(file: string): Promise<Response> {
  const type = TYPES[path.extname(file)];
  if (type === undefined) return notFound();
  let body: Buffer;
  try {
    body = await readFile(file);
  } catch {
    return notFound();
  }
  const nonce = randomBytes(16).toString('base64url');
  const content = file.endsWith('.html')
    ? body.toString('utf8').replaceAll('__CSP_NONCE__', nonce)
    : new Uint8Array(body);
  return new Response(content, {
    headers: {
      'content-type': type,
      'content-security-policy': policyWith(nonce),
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
    },
  });
}

async function serveRange(file: string | undefined, range: string | null): Promise<Response> {
  if (file === undefined) return notFound();
  let size: number;
  try {
    ({ size } = await stat(file));
  } catch {
    return notFound();
  }
  const match = /^bytes=(\d+)-(\d+)?$/u.exec(range ?? '');
  const start = Number(match?.[1] ?? 0);
  const end = Math.min(size - 1, Number(match?.[2] ?? size - 1));
  if (start > end) return new Response(null, { status: 416, headers: { 'content-range': `bytes */${size}` } });
  const stream = Readable.toWeb(createReadStream(file, { start, end })) as ReadableStream<Uint8Array>;
  return new Response(stream, {
    status: match === null ? 200 : 206,
    headers: {
      'content-type': 'application/octet-stream',
      'content-length': String(end - start + 1),
      'content-range': `bytes ${start}-${end}/${size}`,
      'accept-ranges': 'bytes',
    },
  });
}

function notFound(): Response {
  return new Response('Not found', { status: 404, headers: { 'content-type': 'text/plain' } });
}
