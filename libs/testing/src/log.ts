import type { Log } from '@lokmin/messaging';

/** Says nothing. */
export const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };
