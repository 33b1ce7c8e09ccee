import { globalId, parseGlobalId } from './index.ts';

describe('global ids', () => {
  it('are base64url of type and key', () => {
    const id = globalId('Action', '0190b0a6-0000-7000-8000-000000000001');
    expect(id).toBe(Buffer.from('Action:0190b0a6-0000-7000-8000-000000000001').toString('base64url'));
    expect(parseGlobalId(id)).toEqual({ type: 'Action', key: '0190b0a6-0000-7000-8000-000000000001' });
    expect(parseGlobalId(globalId('District', '19.06'))).toEqual({ type: 'District', key: '19.06' });
  });

  it.each(['', 'abc', '*', 'QWN0aW9u', 'Action:1', Buffer.from(':1').toString('base64url')])(
    'are not read from %j',
    (id) => expect(parseGlobalId(id)).toBeNull(),
  );
});
