import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '#tests/support/app.ts';
import { type OpenAiStandIn, startOpenAi } from '#tests/support/openai.ts';
import { type Ending, type OwnPostgres, startOwnPostgres } from '#tests/support/own-postgres.ts';
import { sampleLog } from '#tests/support/sample-log.ts';
import { type SlackStandIn, startSlack } from '#tests/support/slack.ts';
import { openAiSettings, slackSettings } from '#tests/support/slack-app.ts';
import { type Running, startProcess } from '#tests/support/start-process.ts';
import { summaryAnswer } from '#tests/support/summary-answer.ts';

