export { aTestClock, type TestClock } from './clock.ts';
export { aDatabase, type TestDatabase } from './database.ts';
export { eventually } from './eventually.ts';
export { aFact, aReturn, aSubmission, deliver, type AboutEvaluation } from './facts.ts';
export {
  auditSuite,
  reactionSuite,
  rosterSuite,
  witnessSuite,
  type ReactionSuite,
} from './reaction-suite.ts';
export { aFolder } from './folder.ts';
export { silent } from './log.ts';
export { aJpeg, aPdf, aPng, aWebp } from './pictures.ts';
export { aNats, type NatsUser, type TestNats } from './nats.ts';
export {
  aService,
  COACHING_GROUP,
  districtFacts,
  GANTUNG,
  id,
  MANGGAR,
  OFFICE,
  PEOPLE,
  type TestService,
} from './service.ts';
