import { entryUntil } from './window.ts';

const windows = { entryClosesAt: '2025-01-05T17:00:00Z', verificationClosesAt: '2025-01-10T17:00:00Z' };

describe('until when something can be entered', () => {
  it('is the window of entry, and for what was returned that of verification', () => {
    expect(entryUntil(windows, null, '2025-01-01T00:00:00Z')).toEqual({
      at: windows.entryClosesAt,
      closed: false,
    });
    expect(entryUntil(windows, 'RETURNED', '2025-01-06T00:00:00Z')).toEqual({
      at: windows.verificationClosesAt,
      closed: false,
    });
  });

  it('is over at the closing instant itself, by the clock of the service', () => {
    expect(entryUntil(windows, null, '2025-01-05T16:59:59.999Z')!.closed).toBe(false);
    expect(entryUntil(windows, null, '2025-01-05T17:00:00.000Z')!.closed).toBe(true);
    expect(entryUntil(windows, null, '2025-01-06T00:00:00.000+07:00')!.closed).toBe(true);
  });

  it('is nothing where it never closes, or nothing can be entered in any case', () => {
    expect(entryUntil(null, null, null)).toBeNull();
    expect(entryUntil({ ...windows, entryClosesAt: null }, null, '2025-01-01T00:00:00Z')).toBeNull();
    for (const status of ['SUBMITTED', 'VERIFIED', 'LOCKED'] as const)
      expect(entryUntil(windows, status, '2025-01-01T00:00:00Z')).toBeNull();
  });
});
