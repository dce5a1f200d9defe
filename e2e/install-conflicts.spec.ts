import { conflictJourneys } from './journeys/conflicts';
import { acp, lonelyCatalog } from './support/place';
import { test } from './support/test';

test.use({
  stackOptions: { state: 'fresh', sandbox: { SANDBOX_CATALOGS: lonelyCatalog, SANDBOX_FAULTS: '1' } },
});

conflictJourneys(acp);
