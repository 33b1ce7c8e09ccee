import { Refusal } from './refusals.ts';

const messageOf = (refusal: Refusal) => refusal.toData().message;

describe('the text of a refusal', () => {
  it('says in each language what was not found', () => {
    expect(messageOf(new Refusal('not-found', { what: { id: 'Kegiatan', en: 'The action' } }))).toEqual({
      id: 'Kegiatan tidak ditemukan.',
      en: 'The action was not found.',
    });
  });

  it('calls a service by the name of its part of the system', () => {
    const refusal = new Refusal('service.unavailable', { service: 'notifications' });
    expect(messageOf(refusal)).toEqual({
      id: 'Layanan pemberitahuan sedang tidak menjawab. Coba lagi beberapa saat lagi.',
      en: 'The service notifications does not answer at present. Try again shortly.',
    });
    expect(refusal.details).toEqual({ service: 'notifications' });
  });

  it('is the same after it has crossed to another process', () => {
    const refusal = new Refusal('not-found', { what: { id: 'Surel', en: 'The mail' } }, 'deliveryId');
    const crossed = JSON.parse(JSON.stringify(refusal.toData())) as ReturnType<Refusal['toData']>;
    expect(Refusal.fromData(crossed).toData()).toEqual(refusal.toData());
  });
});
