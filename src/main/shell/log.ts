/** One line a happening on standard error, with its instant; details follow as JSON, cut so that no flood fills a disk. */
export type Log = (line: string, detail?: unknown) => void;

const MAX_DETAIL = 4000;

export function createLog(source: string): Log {
  return (line, detail) => {
    const extra = detail === undefined ? '' : ` ${describe(detail).slice(0, MAX_DETAIL)}`;
    process.stderr.write(`${new Date().toISOString()} ${source}: ${line}${extra}\n`);
  };
}

function describe(detail: unknown): string {
  if (detail instanceof Error) return detail.stack ?? detail.message;
  try {
    return JSON.stringify(detail);
  } catch {
    return String(detail);
  }
}
