import { directoryConfig } from '../config.ts';
import { claimMapping, readClaims } from './single-sign-on.rules.ts';

const mapping = claimMapping.parse({
  login: 'preferred_username',
  posts: 'groups',
  grants: [
    { value: 'kapus-manggar', role: 'kepala_puskesmas', unit: '1012406' },
    { value: 'kia-manggar', role: 'pemegang_program', program: 'KIA', unit: '1012406' },
  ],
});

describe('claims', () => {
  it('give the posts that are mapped, and no others', () => {
    const claims = { preferred_username: 'ani', name: 'Ani', groups: ['kia-manggar', 'administrator', 'x'] };
    expect(readClaims(claims, mapping)).toEqual({
      login: 'ani',
      name: 'Ani',
      grants: [{ value: 'kia-manggar', role: 'pemegang_program', program: 'KIA', unit: '1012406' }],
    });
    expect(readClaims({ preferred_username: 'ani', groups: 'kapus-manggar' }, mapping).name).toBe('ani');
  });

  it.each([
    ['without a login', { groups: ['kapus-manggar'] }, 'sso.claim-missing'],
    [
      'with a login of another shape',
      { preferred_username: 'a b', groups: ['kapus-manggar'] },
      'sso.claim-missing',
    ],
    ['without the claim of posts', { preferred_username: 'ani' }, 'sso.claim-missing'],
    ['whose values mean nothing here', { preferred_username: 'ani', groups: ['x'] }, 'sso.no-post'],
  ])('%s are refused', (_what, claims, code) => {
    expect(() => readClaims(claims, mapping)).toThrow(expect.objectContaining({ code }) as never);
  });
});

describe('the configuration of single sign-on', () => {
  const good = {
    NODE_ENV: 'production',
    LOKMIN_PUBLIC_URL: 'https://lokmin.example.go.id',
    LOKMIN_OIDC_ISSUER: 'https://sso.example.go.id',
    LOKMIN_OIDC_CLIENT_ID: 'lokmin',
    LOKMIN_OIDC_CLIENT_SECRET: 'secret',
    LOKMIN_OIDC_MAPPING: JSON.stringify(mapping),
  };

  it('is whole, or absent', () => {
    expect(directoryConfig(good).singleSignOn?.issuer.href).toBe('https://sso.example.go.id/');
    expect(directoryConfig({}).singleSignOn).toBeNull();
    expect(() => directoryConfig({ ...good, LOKMIN_OIDC_MAPPING: undefined })).toThrow('LOKMIN_OIDC_MAPPING');
    expect(() => directoryConfig({ ...good, LOKMIN_PUBLIC_URL: '' })).toThrow('LOKMIN_PUBLIC_URL');
  });

  it.each([
    ['http://sso.example.go.id', 'test'],
    ['http://127.0.0.1:9000', 'production'],
  ])('takes no %s in %s', (issuer, mode) => {
    expect(() => directoryConfig({ ...good, LOKMIN_OIDC_ISSUER: issuer, NODE_ENV: mode })).toThrow('https');
  });

  it('takes one of this machine by http outside production', () => {
    const config = directoryConfig({
      ...good,
      LOKMIN_OIDC_ISSUER: 'http://127.0.0.1:9000',
      NODE_ENV: 'test',
    });
    expect(config.singleSignOn?.issuer.port).toBe('9000');
  });

  it.each([
    [{ role: 'kepala_puskesmas', unit: '19.06' }],
    [{ role: 'administrator', unit: '1012406' }],
    [{ role: 'ktu', unit: '1012406', program: 'KIA' }],
    [{ role: 'superuser', unit: '19.06' }],
    [{ role: 'ktu', unit: '1012406', rank: 1 }],
  ])('refuses the grant %j', (grant) => {
    const wrong = { ...mapping, grants: [{ value: 'x', ...grant }] };
    expect(() => directoryConfig({ ...good, LOKMIN_OIDC_MAPPING: JSON.stringify(wrong) })).toThrow(
      'LOKMIN_OIDC_MAPPING',
    );
  });
});
