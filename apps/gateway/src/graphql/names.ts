import { Refusal } from '@lokmin/contracts';

/** What this schema calls the fields of the services' requests that it names otherwise; null: a group that it does not have. */
const INPUT_NAMES: Record<string, string | null> = {
  unitId: 'puskesmas',
  districtCode: 'district',
  evaluationId: 'evaluation',
  actionId: 'action',
  meetingId: 'meeting',
  itemId: 'item',
  attendeeId: 'attendee',
  ownerId: 'owner',
  personId: 'person',
  personIds: 'persons',
  messageIds: 'messages',
  sessionIds: 'sessions',
  serviceAccountId: 'serviceAccount',
  guestId: 'guest',
  linkId: 'link',
  aboutId: 'action',
  coachingGroupId: 'coachingGroup',
  deliveryId: 'delivery',
  webhookId: 'webhook',
  sendingId: 'sending',
  unitCodes: 'puskesmas',
  numeratorDefinition: 'numerator',
  denominatorDefinition: 'denominator',
  email: null,
};

/** The path of a field of a service's request, as the caller of this schema wrote it. */
export const pathInSchema = (field: string): string =>
  field
    .split('.')
    .map((name) => (Object.hasOwn(INPUT_NAMES, name) ? INPUT_NAMES[name] : name))
    .filter((name) => name !== null)
    .join('.');

/** What a service refused, about the fields that its asker knows. */
export function inNamesOfSchema(refusal: Refusal): Refusal {
  const { code, details, field } = refusal;
  if (field === null) return refusal;
  const named = pathInSchema(field);
  return new Refusal(code, details['field'] === field ? { ...details, field: named } : details, named);
}
