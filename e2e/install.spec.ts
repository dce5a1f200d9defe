import { installJourneys } from './journeys/install';
import { acp } from './support/place';
import { test } from './support/test';

test.use({ stackOptions: { state: 'fresh' } });

installJourneys(acp);
