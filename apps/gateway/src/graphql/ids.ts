import { invalidInput, parseGlobalId, problem, type Text } from '@lokmin/contracts';

/** What the things that have an id are called in a sentence. */
const THINGS = {
  Action: { id: 'kegiatan', en: 'an action' },
  AgendaItem: { id: 'butir agenda', en: 'an item of an agenda' },
  Attendee: { id: 'peserta', en: 'an attendee' },
  CoachingGroup: { id: 'kelompok binaan', en: 'a coaching group' },
  Delivery: { id: 'surel', en: 'a mail' },
  Evaluation: { id: 'evaluasi', en: 'an evaluation' },
  EvidenceFile: { id: 'berkas bukti', en: 'a file of evidence' },
  Guest: { id: 'tamu', en: 'a guest' },
  GuestLink: { id: 'tautan tamu', en: 'a link of a guest' },
  Meeting: { id: 'lokakarya mini', en: 'a meeting' },
  Message: { id: 'pesan', en: 'a message' },
  Person: { id: 'petugas', en: 'a person' },
  ServiceAccount: { id: 'akun layanan', en: 'a service account' },
  Session: { id: 'sesi', en: 'a session' },
  Webhook: { id: 'webhook', en: 'a webhook' },
  WebhookSending: { id: 'kiriman webhook', en: 'a delivery of a webhook' },
} as const satisfies Record<string, Text>;

/**
 * The key inside a global id.
 * @param field where it came from, for the refusal
 * @throws Refusal `input.invalid` when it is not the id of such a thing
 */
export function keyOf(type: keyof typeof THINGS, id: string, field: string): string {
  const key = uuidOf(type, id);
  if (!key) throw invalidInput(field, problem('format.id', { thing: THINGS[type] }));
  return key;
}

export const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** The key inside the global id of a thing that is looked for; null when it is the id of no such thing. */
export function uuidOf(type: string, id: string): string | null {
  const parsed = parseGlobalId(id);
  return parsed?.type === type && UUID.test(parsed.key) ? parsed.key : null;
}
