import { mailSettings } from '../config.ts';
import {
  afterQuietHours,
  DEFAULT_WISHES,
  looksIntoInbox,
  mayBeSentAgain,
  nextDigest,
  obstacle,
  type Contact,
} from './delivery.rules.ts';
import { oneLine, wordDigest, wordMail, type Letter } from './delivery.texts.ts';
import { judge } from './smtp.ts';

const at = (text: string) => new Date(text);
const wishes = (quietFrom: number, quietUntil: number, digestHour = 6) => ({
  ...DEFAULT_WISHES,
  quietFrom,
  quietUntil,
  digestHour,
});

describe('quiet hours', () => {
  it.each([
    // WIB is UTC+7: 21.00 there is 14.00 UTC.
    ['a second before they begin', '2025-01-10T13:59:59Z', '2025-01-10T13:59:59Z'],
    ['at the hour they begin', '2025-01-10T14:00:00Z', '2025-01-10T23:00:00Z'],
    ['a second before midnight', '2025-01-10T16:59:59Z', '2025-01-10T23:00:00Z'],
    ['at midnight', '2025-01-10T17:00:00Z', '2025-01-10T23:00:00Z'],
    ['a second before they end', '2025-01-10T22:59:59Z', '2025-01-10T23:00:00Z'],
    ['at the hour they end', '2025-01-10T23:00:00Z', '2025-01-10T23:00:00Z'],
  ])('over midnight, %s', (_, now, then) => {
    expect(afterQuietHours(at(now), wishes(21, 6), 'Asia/Jakarta')).toEqual(at(then));
  });

  it('may lie within a day, or not be at all', () => {
    expect(afterQuietHours(at('2025-01-10T05:30:00Z'), wishes(12, 14), 'Asia/Jakarta')).toEqual(
      at('2025-01-10T07:00:00Z'),
    );
    expect(afterQuietHours(at('2025-01-10T07:00:00Z'), wishes(12, 14), 'Asia/Jakarta')).toEqual(
      at('2025-01-10T07:00:00Z'),
    );
    const night = at('2025-01-10T17:00:00Z');
    expect(afterQuietHours(night, wishes(7, 7), 'Asia/Jakarta')).toEqual(night);
  });

  it('are those of the zone', () => {
    const now = at('2025-01-10T12:30:00Z'); // 19.30 WIB, 21.30 WIT
    expect(afterQuietHours(now, wishes(21, 6), 'Asia/Jakarta')).toEqual(now);
    expect(afterQuietHours(now, wishes(21, 6), 'Asia/Jayapura')).toEqual(at('2025-01-10T21:00:00Z'));
  });
});

describe('the next digest', () => {
  it.each([
    ['later today', '2025-01-09T22:59:59Z', false, '2025-01-09T23:00:00Z'],
    ['tomorrow, at the very hour', '2025-01-09T23:00:00Z', false, '2025-01-10T23:00:00Z'],
    ['tomorrow, in the evening', '2025-01-10T16:59:59Z', false, '2025-01-10T23:00:00Z'],
    ['today, after midnight', '2025-01-10T17:00:00Z', false, '2025-01-10T23:00:00Z'],
    ['tomorrow, when that of today is done', '2025-01-10T17:00:00Z', true, '2025-01-11T23:00:00Z'],
  ])('is %s', (_, now, doneToday, then) => {
    expect(nextDigest(at(now), DEFAULT_WISHES, 'Asia/Jakarta', doneToday)).toEqual(at(then));
  });
});

const contact = (given: Partial<Contact> = {}): Contact => ({
  active: true,
  email: 'kia@puskesmas.example',
  refused: false,
  wishes: DEFAULT_WISHES,
  seenAt: null,
  zone: 'Asia/Jakarta',
  ...given,
});

describe('what keeps a mail back', () => {
  const off = { ...DEFAULT_WISHES, email: { evaluation: 'at_once', action: 'off', meeting: 'off' } as const };
  it.each([
    ['nothing', contact(), true, null],
    ['nothing, of somebody not known yet', null, true, null],
    ['that no mail is sent here', contact(), false, 'no-smtp'],
    ['that the person left', contact({ active: false }), true, 'inactive'],
    ['that the person wants none', contact({ wishes: off }), true, 'off'],
    ['that there is no address', contact({ email: null }), true, 'no-address'],
    ['that the address is refused', contact({ refused: true }), true, 'address-refused'],
  ] as const)('is %s', (_, who, mailIsSent, reason) => {
    expect(obstacle(who, 'action', mailIsSent)).toBe(reason);
  });
});

describe('somebody', () => {
  const now = at('2025-02-01T00:00:00Z');
  it.each([
    ['who never opened the inbox does not look into it', contact(), false],
    ['who opened it 30 days ago does', contact({ seenAt: at('2025-01-02T00:00:00Z') }), true],
    ['who opened it before that does not', contact({ seenAt: at('2025-01-01T23:59:59Z') }), false],
    ['who left does not', contact({ seenAt: now, active: false }), false],
  ])('%s', (_, who, looks) => {
    expect(looksIntoInbox(who, now)).toBe(looks);
  });
});

describe('a mail', () => {
  it('may be sent again when it failed, is uncertain, or something to mend kept it back', () => {
    const again = (['queued', 'sending', 'sent', 'failed', 'uncertain'] as const).filter((status) =>
      mayBeSentAgain(status, null),
    );
    expect(again).toEqual(['failed', 'uncertain']);
    const skipped = (
      ['no-smtp', 'no-address', 'address-refused', 'inactive', 'off', 'read', 'superseded'] as const
    ).filter((reason) => mayBeSentAgain('skipped', reason));
    expect(skipped).toEqual(['no-smtp', 'no-address', 'address-refused', 'inactive']);
  });

  const letter: Letter = {
    title: { id: 'Anda penanggung jawab: Kelas <ibu> & "balita"', en: '' },
    body: { id: 'Puskesmas Manggar. Tenggat: 31 Januari 2025.', en: '' },
    link: '/rtl/x?a=1&b=2',
  };

  it('says what, where it leads and how to change what one gets', () => {
    const mail = wordMail(letter, 'https://lokmin.example');
    expect(mail.subject).toBe('Anda penanggung jawab: Kelas <ibu> & "balita"');
    expect(mail.text).toBe(`Puskesmas Manggar. Tenggat: 31 Januari 2025.

Buka: https://lokmin.example/rtl/x?a=1&b=2

-- 
Surel ini dikirim otomatis oleh Lokmin; jangan dibalas.
Atur surel apa yang Anda terima, dan kapan: https://lokmin.example/pengaturan
`);
    expect(mail.html).toContain('Kelas &lt;ibu&gt; &amp; &quot;balita&quot;');
    expect(mail.html).toContain('href="https://lokmin.example/rtl/x?a=1&amp;b=2"');
    expect(mail.html).toContain('href="https://lokmin.example/pengaturan"');
  });

  it('has a subject of one line, whatever the title holds', () => {
    expect(oneLine('Kegiatan\r\nBcc: orang@lain.example\u2028x')).toBe('Kegiatan Bcc: orang@lain.example x');
    expect(oneLine('x'.repeat(400))).toHaveLength(150);
  });

  it('of a day holds all its news in order', () => {
    const second = { ...letter, title: { id: 'Kedua', en: '' }, link: '/rtl/2' };
    const mail = wordDigest([letter, second], '2025-01-11', 'https://lokmin.example');
    expect(mail.subject).toBe('Ringkasan Lokmin 11 Januari 2025: 2 kabar');
    expect(mail.text.match(/^\d\. .*|^Buka: .*/gm)).toEqual([
      '1. Anda penanggung jawab: Kelas <ibu> & "balita"',
      'Buka: https://lokmin.example/rtl/x?a=1&b=2',
      '2. Kedua',
      'Buka: https://lokmin.example/rtl/2',
    ]);
    expect(mail.html.match(/<h2/g)).toHaveLength(2);
  });
});

describe('an error of the mail server', () => {
  const error = (given: object) => Object.assign(new Error('x'), given);
  it.each([
    ['no connection', { code: 'ESOCKET', command: 'CONN' }, false, 'later', true],
    ['a busy server', { responseCode: 421, command: 'CONN' }, false, 'later', true],
    ['a recipient put off', { responseCode: 450, command: 'RCPT TO' }, false, 'later', false],
    ['a text put off', { responseCode: 451, command: 'DATA' }, true, 'later', false],
    ['a wrong password of ours', { responseCode: 535, command: 'AUTH PLAIN' }, false, 'later', true],
    ['a refused sender', { responseCode: 550, command: 'MAIL FROM' }, false, 'later', true],
    ['a refused recipient', { responseCode: 550, command: 'RCPT TO' }, false, 'refused', undefined],
    ['a refused text', { responseCode: 554, command: 'DATA' }, true, 'refused', undefined],
    ['a connection lost within the text', { code: 'ECONNECTION' }, true, 'uncertain', undefined],
  ])('%s', (_, given, begun, end, away) => {
    expect(judge(error(given), begun)).toEqual(
      expect.objectContaining({ end, ...(away === undefined ? {} : { away }) }),
    );
  });
});

describe('the settings of mail', () => {
  const complete = {
    LOKMIN_MAIL_FROM: 'Lokmin <lokmin@dinkes.example>',
    LOKMIN_PUBLIC_URL: 'https://l.example/',
  };
  it('come from three variables', () => {
    expect(mailSettings({ ...complete, LOKMIN_SMTP_URL: 'smtps://a%40b:p%2Fw@mail.example' })).toEqual({
      host: 'mail.example',
      port: 465,
      secure: true,
      requireTls: false,
      user: 'a@b',
      password: 'p/w',
      from: 'Lokmin <lokmin@dinkes.example>',
      publicUrl: 'https://l.example',
    });
    expect(mailSettings({})).toBeNull();
  });

  it('are refused when they are incomplete', () => {
    expect(() => mailSettings({ LOKMIN_SMTP_URL: 'smtp://127.0.0.1:2525' })).toThrow(
      /LOKMIN_MAIL_FROM[^]*LOKMIN_PUBLIC_URL/,
    );
    expect(() => mailSettings({ ...complete, LOKMIN_SMTP_URL: 'http://mail.example' })).toThrow(
      'LOKMIN_SMTP_URL',
    );
  });
});
