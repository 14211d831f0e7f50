'use strict';

// In memory, every message of Azurite's queues has an extent of its own, and once a minute those are collected that nothing refers to:
// also one whose message is just being stored, and with it a message that was acknowledged. So nothing is collected in memory.

require('azurite/dist/src/queue/utils/constants').DEFAULT_GC_INTERVAL_MS = 2 ** 31 - 1;
