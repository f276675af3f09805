import { describe, expect, it, vi } from 'vitest';
import type { ContractError } from '../../../../src/shared/ipc/contract.ts';
import { createOpsClient } from '../../../../src/renderer/link/ops-client.ts';

const nothing = { snapshot: () => {}, delta: () => {} };

describe('createOpsClient', () => {
  it('breaks what is under way the moment the backend is lost, and refuses what comes after', async () => {
    const client = createOpsClient();
    const broken = vi.fn<() => void>();
    client.attach(new MessageChannel().port1);
    client.subscribe('console/facts', { ...nothing, broken });
    const asked = client.query('console/about', {});
    client.lose();
    await expect(asked).rejects.toMatchObject({ code: 'link-broken' });
    expect(broken).toHaveBeenCalledTimes(1);
    await expect(client.query('console/about', {})).rejects.toMatchObject({ code: 'link-down' });
    const late = vi.fn<() => void>();
    client.subscribe('link/status', { ...nothing, broken: late });
    await Promise.resolve();
    expect(late).toHaveBeenCalledTimes(1);
  });

  it('says that a backend of another version cannot be talked to', async () => {
    const { port1, port2 } = new MessageChannel();
    const refusal = new Promise<ContractError>((resolve) => {
      createOpsClient(resolve).attach(port1);
    });
    port2.postMessage({ type: 'ready', contractVersion: 99 });
    expect(await refusal).toMatchObject({ code: 'version-mismatch' });
  });
});
