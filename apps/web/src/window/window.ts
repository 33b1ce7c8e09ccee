export interface UnitWindows {
  readonly entryClosesAt: string | null;
  readonly verificationClosesAt: string | null;
}

/**
 * When entering (and submitting) closes here: what is returned is mended as long as the district verifies.
 * @param status of the evaluation, or null while nothing was submitted
 * @param asOf the instant of the service that answered: the clock of the device decides nothing
 * @returns null where it never closes, or nothing can be entered in any case
 */
export function entryUntil(
  windows: UnitWindows | null | undefined,
  status: 'SUBMITTED' | 'RETURNED' | 'VERIFIED' | 'LOCKED' | null,
  asOf: string | null | undefined,
): { at: string; closed: boolean } | null {
  if (!windows || (status !== null && status !== 'RETURNED')) return null;
  const at = status === 'RETURNED' ? windows.verificationClosesAt : windows.entryClosesAt;
  return at === null ? null : { at, closed: !!asOf && Date.parse(asOf) >= Date.parse(at) };
}
