import { eventually } from '@lokmin/testing';
import { answerForDistrict, OFFICER, overview } from '../test/district.ts';
import { post, startPeers, type Peers } from '../test/peers.ts';
import { startGateway, type RunningGateway } from './gateway.ts';

let peers: Peers;
let gateway: RunningGateway;
let officer: Record<string, string>;
beforeAll(async () => {
  peers = await startPeers();
  answerForDistrict(peers);
  gateway = await startGateway(peers.config());
  await eventually(async () => (await fetch(`http://127.0.0.1:${gateway.port}/health/ready`)).ok);
  officer = { authorization: `Bearer ${await peers.token(OFFICER)}` };
});
afterAll(async () => {
  await gateway?.stop();
  await peers?.stop();
});

describe('the district overview', () => {
  it('joins what indicators and actions answer', async () => {
    const { body } = await post(gateway.port, overview(), officer);
    expect(body).toMatchObject({
      data: { district: { overview: { indicators: { status: 'OK' }, actions: { status: 'OK' } } } },
    });
  });
});
